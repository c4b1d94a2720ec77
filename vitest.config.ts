import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Loading facecut anew for every file would take as long as the tests; no file leaves anything to the next.
    isolate: false,
    setupFiles: ["test/support/between-tests.ts"],
    // Nobody's own cache is read or written.
    env: { XDG_CACHE_HOME: join(tmpdir(), "facecut-test-cache") },
    // A busy machine may be late, but not for ever.
    expect: { requireAssertions: true, poll: { timeout: 30_000 } },
    testTimeout: 60_000,
    // Some make media with ffmpeg first, which takes its time on a busy machine.
    hookTimeout: 120_000,
    // Many tests wait for sockets and processes, not for the processor.
    maxWorkers: 3,
  },
});
