import yargs from "yargs";
import { FacecutError, fault } from "./errors.js";
import type { GivenOptions } from "./export-settings.js";
import { errorJson, errorText, resultJson, resultText, warningText } from "./messages.js";
import { exportOptions, flagName, type OptionRow } from "./options.js";
import { exportRecord } from "./pipeline.js";
import { nearest } from "./text.js";
import { version } from "./version.js";

/** Where the command line prints: results on `out`, everything else on `err`. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Runs one command line (without `node` and the program's name) and gives its exit status. Never throws. */
export async function main(args: readonly string[], streams: Streams): Promise<number> {
  const plain = { json: args.includes("--json"), debug: args.includes("--debug") };
  try {
    const command = await readCommandLine(args, streams);
    return command === undefined ? 0 : await runExport(command, streams);
  } catch (error) {
    return tellError(error instanceof FacecutError ? error : unexpected(error), plain, streams);
  }
}

interface ExportCommand {
  readonly folder: string;
  readonly options: GivenOptions;
}

const commands = ["export"] as const;

/** What the arguments ask for; undefined when help or the version was printed instead. */
async function readCommandLine(args: readonly string[], { out }: Streams): Promise<ExportCommand | undefined> {
  let printed = "";
  const parser = commandLine();
  const parsed = await parser.parseAsync([...args], {}, (_error: unknown, _argv: unknown, output: string) => {
    printed += output;
  });
  if (printed !== "") {
    out(`${printed}\n`);
    return undefined;
  }
  const [command, ...more] = parsed._.map(String);
  if (command === undefined)
    throw new FacecutError("usage", {
      what: "No command is given",
      cure: "Try: facecut export samples/one-face-25 -o cut, or facecut --help",
    });
  if (command !== "export") throw unknownCommand(command);
  return {
    folder: onlyFolder([parsed.folder, ...more].filter((folder) => typeof folder === "string")),
    options: givenOptions(parsed),
  };
}

function commandLine() {
  return (
    yargs()
      .scriptName("facecut")
      .usage(
        "facecut turns a face search of Alibaba Cloud Intelligent Media Services into editing timelines.\n\nUsage: $0 export FOLDER [options]",
      )
      .command("export [folder]", "Record folder to timelines: OTIO, FCPXML, EDL, FCP7 XML", (command) =>
        command
          .usage(
            "Usage: $0 export FOLDER [options]\n\nReads a record folder and writes its faces as timelines, each cut on the right frame.",
          )
          .options(yargsOptions())
          .example("$0 export samples/one-face-25 -o cut", "Four timelines in the folder cut")
          .example("$0 export hits -o cut/ada.otio --markers all", "OpenTimelineIO only, a marker per track point"),
      )
      .epilogue("facecut COMMAND --help shows the options of a command.")
      // Values stay texts until the option table reads them, and unknown flags get a message of ours.
      .parserConfiguration({
        "camel-case-expansion": false,
        "parse-numbers": false,
        "parse-positional-numbers": false,
        "boolean-negation": false,
      })
      .version(version())
      .help()
      .exitProcess(false)
      .fail((message: string | undefined, error: Error | undefined) => {
        // What yargs refuses itself (a flag without its value) it throws as YError, or gives as a message alone.
        if (error !== undefined && error.name !== "YError") throw error;
        const what = message ?? error?.message ?? "The command line is not understood";
        throw new FacecutError("usage", { what, cure: "See facecut export --help" });
      })
  );
}

function yargsOptions(): Record<string, object> {
  const rows = Object.entries<OptionRow>(exportOptions);
  return Object.fromEntries(rows.map(([key, row]) => [flagName(key), yargsOption(row)]));
}

function yargsOption(row: OptionRow): object {
  const example = row.example === undefined ? "" : `  e.g. ${row.example}`;
  return {
    alias: row.aliases ?? [],
    group: `${row.group}:`,
    describe: `${row.describe}${example}`,
    ...(row.type === "flag" ? { type: "boolean" } : { type: "string", requiresArg: true }),
    // The default is shown, not set: a template stands between a flag and its default.
    ...(row.default === undefined ? {} : { defaultDescription: row.default }),
  };
}

function onlyFolder(folders: readonly string[]): string {
  const [folder, extra] = folders;
  if (folder !== undefined && extra === undefined) return folder;
  throw new FacecutError("usage", {
    what: folder === undefined ? "No record folder is given" : `One record folder at a time, not ${folders.join(" and ")}`,
    cure: "Write: facecut export FOLDER -o OUT",
  });
}

function givenOptions(parsed: Record<string, unknown>): GivenOptions {
  const rows = Object.entries<OptionRow>(exportOptions);
  const flags = rows.flatMap(([key, row]) => [flagName(key), ...(row.aliases ?? [])]);
  for (const flag of Object.keys(parsed))
    if (!["_", "$0", "folder", "help", "version", ...flags].includes(flag)) throw unknownOption(flag, flags);
  const given = rows.map(([key]) => [key, parsed[flagName(key)]] as const).filter(([, value]) => value !== undefined);
  for (const [key, value] of given) if (Array.isArray(value)) throw twice(key);
  return Object.fromEntries(given);
}

function unknownOption(flag: string, flags: readonly string[]): FacecutError {
  const near = nearest(
    flag,
    flags.filter((known) => known.length > 1),
  );
  const dashes = flag.length === 1 ? "-" : "--";
  return new FacecutError("unknown-option", {
    what: `There is no option ${dashes}${flag}`,
    cure: near === undefined ? "See facecut export --help" : `Did you mean --${near}?`,
  });
}

function unknownCommand(command: string): FacecutError {
  const near = nearest(command, commands);
  return new FacecutError("unknown-command", {
    what: `There is no command ${command}`,
    cure: near === undefined ? `The commands are: ${commands.join(", ")}` : `Did you mean facecut ${near}?`,
  });
}

function twice(key: string): FacecutError {
  return new FacecutError("bad-option", { what: "The option is given twice", cure: "Give it once", option: key });
}

async function runExport({ folder, options }: ExportCommand, { out, err }: Streams): Promise<number> {
  const progress = options.quiet ? undefined : (step: string) => err(`facecut: ${step}\n`);
  const result = await exportRecord(folder, options, progress);
  if (!options.quiet) for (const warning of result.warnings) err(warningText(warning));
  out(options.json ? resultJson(result, options.dryRun ?? false) : resultText(result, options.dryRun ?? false));
  return 0;
}

function unexpected(error: unknown): FacecutError {
  const wrapped = fault(error instanceof Error ? error.message : String(error));
  if (error instanceof Error && error.stack !== undefined) wrapped.stack = error.stack;
  return wrapped;
}

function tellError(error: FacecutError, { json, debug }: { json: boolean; debug: boolean }, { out, err }: Streams): number {
  err(errorText(error));
  if (debug && error.stack !== undefined) err(`${error.stack}\n`);
  if (json) out(errorJson(error));
  return error.exitStatus;
}
