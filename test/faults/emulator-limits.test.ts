import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { startEmulator } from "../../src/emulate/emulator.js";
import { ask, coarse, emulating } from "../emulate/emulating.js";
import { call, emulatorKeys } from "../support/acs3-signer.js";
import { sample } from "../support/cli.js";
import { full } from "../support/sweep.js";

/** The emulator under clients that send too much, too slowly, or from elsewhere; a thousand at once: test/emulate. */

const one = sample("one-face-25");

function open(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  onTestFinished(() => void socket.destroy());
  return new Promise((resolve) => socket.once("connect", () => resolve(socket)));
}

/** What comes back for these bytes until the connection ends. */
async function answerTo(port: number, bytes: string): Promise<string> {
  const socket = await open(port);
  let answer = "";
  socket.on("data", (data) => {
    answer += data;
  });
  socket.write(bytes);
  await Promise.race([new Promise((resolve) => socket.once("close", resolve)), sleep(3000)]);
  return answer;
}

describe("the emulator", () => {
  it("listens on this machine only", async () => {
    const keys = { accessKeyId: "k", accessKeySecret: "s" };
    for (const host of ["0.0.0.0", "::", "10.0.0.1", "127.0.0.1.evil.example"])
      await expect(startEmulator({ folder: one, port: 0, host, ...keys })).rejects.toMatchObject({ code: "cannot-listen" });
  });

  it.skipIf(!full)("cuts slow clients off", async () => {
    const { emulator } = await emulating(one);
    const socket = await open(emulator.port);
    const ended = new Promise((resolve) => socket.once("close", () => resolve("ended")));
    socket.resume();
    const drip = setInterval(() => socket.write("x"), 500);
    socket.write("POST / HTTP/1.1\r\nHost: h\r\nX-Slow: ");
    expect(await Promise.race([ended, sleep(30_000, "still open")])).toBe("ended");
    clearInterval(drip);
  });

  it("refuses large bodies and headers without keeping them", async () => {
    const { emulator } = await emulating(one);
    expect(await answerTo(emulator.port, `POST / HTTP/1.1\r\nHost: h\r\nX-Large: ${"x".repeat(100_000)}\r\n\r\n`)).toMatch(
      / 431 |^$/,
    );
    const reply = await call(emulator.endpoint, "SearchMediaByFace", coarse, { body: "x".repeat(2 ** 20 + 1) });
    expect([reply.status, reply.text]).toEqual([413, expect.stringContaining("RequestBodyTooLarge")]);
    expect((await ask(emulator, "SearchMediaByFace", coarse)).status).toBe(200);
  });

  it("takes bytes that are no HTTP for nothing", async () => {
    const { emulator } = await emulating(one);
    for (const bytes of [
      "\0\0\0\0",
      "GET\r\n\r\n",
      "\u0016\u0003\u0001\u0002",
      "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
      "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\nHost: h\r\n\r\n0\r\n\r\n",
    ])
      expect(await answerTo(emulator.port, bytes)).toMatch(/^HTTP\/1\.1 4\d\d |^$/);
    expect((await ask(emulator, "SearchMediaByFace", coarse)).status).toBe(200);
  });

  it("logs nothing of what a client sent", async () => {
    const { emulator, log } = await emulating(one);
    const planted = { PersonImageUrl: "https://h/a.jpg?Signature=PLANTED", FaceSearchToken: "PLANTED\u001b[2J" };
    await call(emulator.endpoint, "SearchMediaByFace", planted);
    await call(emulator.endpoint, "PLANTED", planted, { keys: { id: "PLANTED", secret: "PLANTED" } });
    await call(emulator.endpoint, "SearchMediaByFace", planted, {
      keys: { ...emulatorKeys, securityToken: "PLANTED" },
      path: "/PLANTED",
    });
    await call(emulator.endpoint, "SearchMediaByFace", planted, { authorization: () => "PLANTED" });
    expect([log.length, log.join("\n").includes("PLANTED")]).toEqual([4, false]);
  });
});
