import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { Writer } from "../../src/write/writer.js";
import { writers } from "../../src/write/writers.js";
import { facecut, filesIn, sample, temporaryFolder } from "../support/cli.js";

/** Lets a writer make this mistake for the rest of the test. */
function mistake(format: keyof typeof writers, change: (text: string) => string): void {
  const writer: { -readonly [K in keyof Writer]: Writer[K] } = writers[format];
  const { write } = writer;
  writer.write = (...plan) => write(...plan).map(({ name, chunks }) => ({ name, chunks: [change([...chunks].join(""))] }));
  onTestFinished(() => {
    writer.write = write;
  });
}

async function exported(...options: readonly string[]) {
  const out = temporaryFolder();
  const run = await facecut("export", sample("one-face-25"), "-o", out, "-q", ...options);
  return { ...run, files: filesIn(out) };
}

describe("an export reads back what it wrote", () => {
  it("keeps nothing that does not hold the plan, and says which clip and value", async () => {
    mistake("edl", (text) => text.replace("00:00:01:00 00:00:04:00", "00:00:01:01 00:00:04:01"));
    const { status, err, files } = await exported();
    expect([status, files]).toEqual([5, {}]);
    expect(err).toMatch(
      /^facecut: The written file does not hold the plan, in 2 places: clip-[0-9a-f]{12} \(interview-a\.mp4 at 01:00:00:00\): source in is 26, not 25; .*source out is 101, not 100 \[verification-failed\]\n {2}where: Ada Example\.edl\n/,
    );
  });

  it("keeps nothing that cannot be read at all", async () => {
    mistake("fcpxml", (text) => text.slice(0, 2000));
    const { status, err, files } = await exported();
    expect([status, files]).toEqual([5, {}]);
    expect(err).toContain("where: Ada Example.fcpxml");
  });

  it("also in a dry run", async () => {
    mistake("otio", (text) => text.replace('"name": "interview-a.mp4"', '"name": "other"'));
    expect((await exported("--dry-run")).status).toBe(5);
  });

  it("unless told not to", async () => {
    mistake("fcp7xml", (text) => text.replace("<start>0</start>", "<start>1</start>"));
    const { status, files } = await exported("--no-verify");
    expect([status, Object.keys(files).length]).toEqual([0, 5]);
  });

  it("leaves an earlier export as it was", async () => {
    const out = temporaryFolder();
    const args = ["export", sample("one-face-25"), "-o", out, "-q"];
    await facecut(...args);
    const before = filesIn(out);
    const spy = vi.fn();
    mistake("edl", (text) => {
      spy();
      return text.replace("AA", "BB").replace("INTE", "INTF");
    });
    expect((await facecut(...args, "--force")).status).toBe(5);
    expect([spy.mock.calls.length, filesIn(out)]).toEqual([1, before]);
  });
});
