import { count, oneLine } from "../text.js";
import type { Emulator, EmulatorOptions } from "./emulator.js";

/**
 * What is told when the emulator has started: where it listens, its invented keys, and the search to type in another
 * terminal. `platform` is that of `process.platform`: Windows sets variables in another way.
 */
export function startText(emulator: Emulator, options: EmulatorOptions, platform: string = process.platform): string {
  const { endpoint, mediaCount } = emulator;
  const { folder, accessKeyId, accessKeySecret, faults } = options;
  const trouble = faults === undefined ? "" : `, with ${count(faults.faults.length, "kind")} of trouble`;
  return [
    `Emulating the service on http://${endpoint} from ${oneLine(folder)}: ${count(mediaCount, "media asset")}${trouble}. Ctrl-C ends it.`,
    `  access key id      ${accessKeyId}`,
    `  access key secret  ${accessKeySecret}`,
    "In another terminal:",
    ...searchCommand(emulator, options, platform).map((line) => `  ${line}`),
    "",
  ].join("\n");
}

function searchCommand(
  { endpoint, search }: Emulator,
  { accessKeyId, accessKeySecret }: EmulatorOptions,
  platform: string,
): string[] {
  const { personImageUrl = "https://example.com/face.jpg", searchLibName = "example-lib" } = search;
  const isWindows = platform === "win32";
  const quoted = isWindows ? powerShellQuoted : shellQuoted;
  const variable = (name: string, value: string) =>
    isWindows ? `$env:${name}=${quoted(value)}` : `export ${name}=${quoted(value)}`;
  const place = `--endpoint ${endpoint} --protocol http`;
  return [
    variable("ALIBABA_CLOUD_ACCESS_KEY_ID", accessKeyId),
    variable("ALIBABA_CLOUD_ACCESS_KEY_SECRET", accessKeySecret),
    `facecut search --face-image-url ${quoted(personImageUrl)} --search-lib ${quoted(searchLibName)} ${place} -o hits`,
  ];
}

function shellQuoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${oneLine(text).replaceAll("'", "'\\''")}'`;
}

function powerShellQuoted(text: string): string {
  return `'${oneLine(text).replaceAll("'", "''")}'`;
}
