import { describe, expect, it, vi } from "vitest";
import { withinDeadline } from "../../src/service/deadline.js";
import { good, rejection, type Step, scriptedServer, serviceAt, silence } from "./scripted-server.js";

const slowBody: Step = (response) => {
  response.writeHead(200, { "content-length": "100000" });
  const dripping = setInterval(() => response.write(" "), 20);
  response.on("close", () => clearInterval(dripping));
};
const slowHeaders: Step = (_, { socket }) => {
  socket.write("HTTP/1.1 200 OK\r\n");
  const dripping = setInterval(() => socket.write("X: y\r\n"), 20);
  socket.on("close", () => clearInterval(dripping));
};

describe("the deadline of a try", () => {
  it.each([
    ["a silent server", silence],
    ["a slow body", slowBody],
    ["slow headers", slowHeaders],
  ])("holds against %s, and the connection is closed", async (_, step) => {
    const server = await scriptedServer(step);
    const service = await serviceAt(server.endpoint, { timeout: 400, retries: 0 });
    const start = performance.now();
    const error = await rejection(service.call("SearchMediaByFace", {}));
    expect(error).toMatchObject({ code: "service-error", message: "No whole answer came within 0.4 s" });
    // None of these answers ever ends: without the deadline the test would run into its own.
    expect(performance.now() - start).toBeGreaterThan(390);
    await expect.poll(() => server.seen[0]?.socket.destroyed).toBe(true);
  });

  // The core's timer of a finished call fires on the connection that the next call uses, and stops that call's timer.
  it.each([
    ["silent", silence],
    ["slow", slowBody],
  ])("holds for a second, %s answer on a connection that was kept, and it is closed", async (_, step) => {
    const server = await scriptedServer(good, step);
    const service = await serviceAt(server.endpoint, { timeout: 600, retries: 0 });
    await service.call("SearchMediaByFace", {});
    await new Promise((resolve) => setTimeout(resolve, 300));
    await rejection(service.call("SearchMediaByFace", {}));
    expect(server.seen[1]?.socket).toBe(server.seen[0]?.socket);
    await expect.poll(() => server.seen[1]?.socket.destroyed).toBe(true);
  });

  it("is the longest a timer can be when more is asked for", async () => {
    const server = await scriptedServer((response, request, number) => setTimeout(() => good(response, request, number), 50));
    const service = await serviceAt(server.endpoint, { timeout: 1e12 });
    expect(await service.call("SearchMediaByFace", {})).toMatchObject({ RequestId: "REQ-0" });
    expect(service.counts().tries).toBe(1);
  });

  it("leaves work alone that is done in time, and passes on what it throws", async () => {
    let abandoned = 0;
    expect(await withinDeadline(Promise.resolve(7), 1_000, () => abandoned++)).toBe(7);
    await expect(withinDeadline(Promise.reject(new Error("own")), 1_000, () => abandoned++)).rejects.toThrow("own");
    expect(abandoned).toBe(0);
  });

  it("leaves no timer behind that would keep the process", async () => {
    vi.useFakeTimers();
    await withinDeadline(Promise.resolve(7), 1_000, () => {});
    expect(vi.getTimerCount()).toBe(0);
  });
});
