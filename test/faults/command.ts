import { type SpawnOptions, spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "../support/cli.js";

/** The built command in a process of its own, as a person runs it. */

export const bin = join(root, "dist", "bin.js");

export interface Ended {
  /** Undefined when a signal ended it. */
  readonly status: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  readonly out: string;
  readonly err: string;
  /** The most memory it ever took, in MB; 0 when it did not end by itself. */
  readonly peak: number;
}

export interface Running {
  readonly pid: number;
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly ended: Promise<Ended>;
}

// Said at the end by the process itself: nobody else knows its peak once it is gone. On Linux resourceUsage() counts the
// memory of the tests' own process in, from which it was forked; /proc does not.
const tellPeak = `data:text/javascript,${encodeURIComponent(`
import { existsSync, readFileSync } from "node:fs";
const ofProc = () => /VmHWM:\\s*(\\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1];
const peak = () => existsSync("/proc/self/status") ? ofProc() : process.resourceUsage().maxRSS;
process.on("exit", () => process.stderr.write("\\npeak " + peak()));
`)}`;

export function start(args: readonly string[], options: SpawnOptions = {}): Running {
  const child = spawn(process.execPath, ["--import", tellPeak, bin, ...args], { stdio: ["ignore", "pipe", "pipe"], ...options });
  let [out, err] = ["", ""];
  child.stdout?.on("data", (data) => {
    out += data;
  });
  child.stderr?.on("data", (data) => {
    err += data;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status, signal) => {
      const [, told = "", peak = "0"] = /^([\s\S]*?)\npeak (\d+)$/.exec(err) ?? ["", err];
      resolve({
        status: status ?? undefined,
        signal: signal ?? undefined,
        out,
        err: told,
        peak: Math.round(Number(peak) / 1024),
      });
    });
  });
  return { pid: child.pid ?? 0, kill: (signal) => void child.kill(signal), ended };
}

export function run(args: readonly string[], options: SpawnOptions = {}): Promise<Ended> {
  return start(args, options).ended;
}
