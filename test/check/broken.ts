import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type Checked, checkFiles } from "../../src/check/check-files.js";
import { requireTimelineRate } from "../../src/time/frame-rate.js";
import { sample, temporaryFolder } from "../support/cli.js";

/** Good files with small faults put in. */

/** Texts to replace, each at its first place: all of them must be there. */
export type Edits = readonly (readonly [from: string | RegExp, to: string])[];

export function edited(text: string, edits: Edits): string {
  return edits.reduce((whole, [from, to]) => {
    const changed = whole.replace(from, () => to);
    if (changed === whole) throw new Error(`nothing to replace: ${from}`);
    return changed;
  }, text);
}

/** The text of a sample's expected file: `one-face-25/Ada Example.edl`. */
export function expectedText(path: string): string {
  const [name = "", file = ""] = path.split("/");
  return readFileSync(join(sample(name), "expected", file), "utf8");
}

/** Writes files under these names into one new folder; gives their paths. */
export function written(files: Readonly<Record<string, string | Uint8Array>>): string[] {
  const place = temporaryFolder();
  return Object.entries(files).map(([name, content]) => {
    writeFileSync(join(place, name), content);
    return join(place, name);
  });
}

/** What is wrong with a sample's file after some edits; edit lists are read at `rate`. */
export async function checkEdited(path: string, edits: Edits, rate = "25"): Promise<Checked> {
  const files = written({ [basename(path)]: edited(expectedText(path), edits) });
  return checkFiles(files, { rate: requireTimelineRate(rate, "rate").rate });
}

export function rulesIn({ findings }: Checked): string[] {
  return [...new Set(findings.map(({ severity, rule }) => `${severity} ${rule}`))].sort();
}
