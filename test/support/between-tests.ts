import { afterEach, vi } from "vitest";

// Files of tests follow each other in one process: none leaves its environment, its clock or its chance to the next.
afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
  vi.restoreAllMocks();
});
