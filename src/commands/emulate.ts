import { type EmulatorOptions, startEmulator } from "../emulate/emulator.js";
import { readFaults } from "../emulate/faults.js";
import { startText } from "../emulate/start-text.js";
import { FacecutError } from "../errors.js";
import { given } from "../model/given.js";
import { type CommonOptions, type EmulateOptions, emulateOptions } from "../options.js";
import { requireWhole } from "../search-settings.js";
import type { Streams } from "../streams.js";

/** `facecut emulate FOLDER`: the service on this computer, until the program is asked to end. */
export async function runEmulate(
  folder: string | undefined,
  options: EmulateOptions & CommonOptions,
  streams: Streams,
): Promise<number> {
  if (folder === undefined)
    throw new FacecutError("usage", { what: "No record folder is given", cure: "Write: facecut emulate FOLDER" });
  const accessKeyId = options.accessKeyId ?? emulateOptions.accessKeyId.default;
  const accessKeySecret = options.accessKeySecret ?? emulateOptions.accessKeySecret.default;
  const settings: EmulatorOptions = {
    folder,
    port: requireWhole(options.port ?? emulateOptions.port.default, 0, 65535, "port"),
    accessKeyId,
    accessKeySecret,
    ...given({
      faults: options.faults === undefined ? undefined : await readFaults(options.faults),
      log: options.quiet ? undefined : (line: string) => streams.err(`${line}\n`),
    }),
  };
  const emulator = await startEmulator(settings);
  const keys = { access_key_id: accessKeyId, access_key_secret: accessKeySecret };
  streams.out(options.json ? `${JSON.stringify({ endpoint: emulator.endpoint, ...keys })}\n` : startText(emulator, settings));
  // It serves until the program is interrupted.
  return new Promise<never>(() => {});
}
