import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { startEmulator } from "../../src/emulate/emulator.js";
import { randomOf } from "../fuzz/fuzzing.js";
import { filesIn, sample, temporaryFolder } from "../support/cli.js";
import { full } from "../support/sweep.js";
import { type Ended, run, start } from "./command.js";

/**
 * Exports and searches ended by signals at seeded random moments: no file is ever half there, what is left behind is
 * taken away by the next run, and the exit status says what happened. SIGKILL of searches: test/search-trouble.test.ts.
 */

const [exportKills, searchKills] = full ? [45, 24] : [3, 1];
const signals = ["SIGINT", "SIGTERM", "SIGKILL"] as const;
const statuses = { SIGINT: 130, SIGTERM: 143, SIGKILL: undefined } as const;

/** Before the program's first line runs, a signal ends it as it ends any program. */
function expectRightEnd({ status, signal, err }: Ended, sent: (typeof signals)[number]): void {
  if (status === 0) return;
  if (signal === undefined) expect([status, err]).toEqual([statuses[sent], expect.anything()]);
  else expect(signal).toBe(sent);
}

const isTemporary = (name: string) => /(^|\/)\.facecut-\d+-.*\.tmp$/.test(name);

describe("an export", { timeout: 600_000 }, () => {
  it(`ended ${exportKills} times at any moment leaves whole files only, and nothing that the next one does not take away`, async () => {
    const record = sample(full ? "twelve-hundred-25" : "one-face-25");
    const out = join(temporaryFolder(), "out");
    const args = ["export", record, "-o", out, "--name", "cut", "--force"];
    const begun = performance.now();
    expect(await run(args)).toMatchObject({ status: 0 });
    const time = performance.now() - begun;
    const whole = filesIn(out);
    const random = randomOf("kills", 1);
    let struck = 0;
    for (let kill = 0; kill < exportKills; kill++) {
      const sent = signals[kill % 3] as (typeof signals)[number];
      const running = start(args);
      await sleep((time * (20 + random(85))) / 100);
      running.kill(sent);
      const ended = await running.ended;
      if (ended.status !== 0) struck++;
      expectRightEnd(ended, sent);
      const left = Object.entries(filesIn(out));
      for (const [name, text] of left) if (!isTemporary(name)) expect([name, text === whole[name]]).toEqual([name, true]);
      if (sent !== "SIGKILL" && ended.signal === undefined) {
        // Those of an earlier SIGKILL go with the next run that comes so far as to write.
        expect(left.filter(([name]) => name.includes(`-${running.pid}-`))).toEqual([]);
      }
    }
    expect(struck).toBeGreaterThan(exportKills / 10);
    expect(await run(args)).toMatchObject({ status: 0 });
    expect(filesIn(out)).toEqual(whole);
    if (full) console.log(`exports: ${struck} ended by a signal of ${exportKills} tried, all survived`);
  });
});

describe("a search", { timeout: 600_000 }, () => {
  it(`ended ${searchKills} times keeps whole replies, says how to go on, and ends like an undisturbed one`, async () => {
    const faults = { seed: 5, faults: [{ kind: "late", share: 1, seconds: full ? 0.06 : 0.04 }] } as const;
    const record = sample(full ? "chinese-library" : "one-face-25");
    const emulator = await startEmulator({
      folder: record,
      port: 0,
      accessKeyId: "emulator",
      accessKeySecret: "emulator",
      faults,
    });
    onTestFinished(() => emulator.close());
    const env = { ...process.env, ALIBABA_CLOUD_ACCESS_KEY_ID: "emulator", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "emulator" };
    const flags = ["--face-image-url", "https://h/a.jpg", "--token", "t", "--concurrency", "1", "--resume"];
    const args = (folder: string) => ["search", "--endpoint", emulator.endpoint, "--protocol", "http", ...flags, "-o", folder];
    const [undisturbed, hits] = [join(temporaryFolder(), "hits"), join(temporaryFolder(), "hits")];
    expect(await run(args(undisturbed), { env })).toMatchObject({ status: 0 });
    const random = randomOf("kills", 2);
    let struck = 0;
    for (let kill = 0; kill < searchKills; kill++) {
      const sent = signals[kill % 2] as "SIGINT" | "SIGTERM";
      const before = countFiles(hits);
      const running = start(args(hits), { env });
      await until(() => countFiles(hits) > before + (kill === 0 ? 1 : 0), 300 + random(300));
      running.kill(sent);
      const ended = await running.ended;
      if (ended.status !== 0) struck++;
      expectRightEnd(ended, sent);
      // Nothing is told when it came before the search had begun.
      if (ended.status === statuses[sent]) expect(ended.err).toMatch(/^$|interrupted; what was found so far is kept .*--resume/);
      if (!existsSync(hits)) continue;
      for (const [name, text] of Object.entries(filesIn(hits)))
        expect([name, JSON.parse(text)]).toEqual([name, expect.anything()]);
    }
    expect(struck).toBeGreaterThan(0);
    expect(await run(args(hits), { env })).toMatchObject({ status: 0 });
    expect(filesIn(hits)).toEqual(filesIn(undisturbed));
    if (full) console.log(`searches: ${struck} ended by a signal of ${searchKills} tried, all survived`);
  });
});

function countFiles(folder: string): number {
  return existsSync(folder) ? readdirSync(folder, { recursive: true }).length : 0;
}

async function until(holds: () => boolean, atMost: number): Promise<void> {
  const end = performance.now() + atMost;
  while (!holds() && performance.now() < end) await sleep(5);
}
