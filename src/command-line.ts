import yargs from "yargs";
import { FacecutError } from "./errors.js";
import {
  checkOptions,
  commonOptions,
  emulateOptions,
  exportOptions,
  flagName,
  listOptions,
  type OptionRow,
  searchOptions,
} from "./options.js";
import { nearest } from "./text.js";
import { version } from "./version.js";

/** A command: what help says of it, and its options. */
interface Command {
  readonly usage: string;
  readonly describe: string;
  readonly does: string;
  /** How many folders or files may stand after the command. */
  readonly operands: "one" | "several";
  readonly options: Readonly<Record<string, OptionRow>>;
  readonly examples: readonly (readonly [command: string, result: string])[];
}

/** The commands there are. */
const commands = {
  export: {
    usage: "export [FOLDER...] [options]",
    describe: "Record folder to timelines: OTIO, FCPXML, EDL, FCP7 XML",
    does: "Writes the faces of a record folder as timelines, each cut on the right frame. Several folders are joined. Without a folder it searches first, with the flags of facecut search, and keeps the record in OUT/hits.",
    operands: "several",
    options: { ...exportOptions, ...searchOptions, ...commonOptions },
    examples: [
      ["facecut export hits -o cut", "Four timelines in the folder cut"],
      ["facecut export hits -o cut/ada.otio --markers all", "OpenTimelineIO only, a marker per track point"],
    ],
  },
  search: {
    usage: "search --face-image-url URL [options]",
    describe: "Search a library for a face, and keep the replies in a record folder",
    does: "Asks the service where a face appears and keeps every reply in a record folder. Credentials come from the environment, the Alibaba Cloud CLI's profile, an ini file or a role; never from a flag.",
    operands: "one",
    options: {
      out: { ...exportOptions.out, default: "hits", describe: "Record folder to make", example: "-o hits" },
      ...searchOptions,
      ...commonOptions,
    },
    examples: [["facecut search --face-image-url https://… --search-lib archive -o hits", "A record folder hits"]],
  },
  list: {
    usage: "list FOLDER... [options]",
    describe: "Who is in a record folder, and for how long",
    does: "Adds up how long each person, media file and expression is on screen, and in how many clips, without writing timelines. The options that select are those of facecut export.",
    operands: "several",
    options: { ...listOptions, ...commonOptions },
    examples: [["facecut list hits --min-score 0.8", "A row per person, media file and expression"]],
  },
  templates: {
    usage: "templates [NAME|FILE]",
    describe: "What a template does",
    does: "Lists the templates; with a name or the path of a JSON file, says all that it decides, and where each setting comes from.",
    operands: "one",
    options: commonOptions,
    examples: [["facecut templates resolve", "The options and dialect for DaVinci Resolve"]],
  },
  check: {
    usage: "check FILE... [options]",
    describe: "Read timelines of any program back, and report faults",
    does: "Reads OpenTimelineIO (also .otioz, .otiod), FCPXML (also .fcpxmld), EDL and Final Cut Pro 7 XML, whoever wrote them, and says what editing programs would refuse or get wrong. Files of one folder and name are compared with each other.",
    operands: "several",
    options: { ...checkOptions, ...commonOptions },
    examples: [["facecut check cut/*.otio cut/*.edl", "What is wrong in them, and where they differ"]],
  },
  emulate: {
    usage: "emulate FOLDER [options]",
    describe: "For developers: serve a record folder as the service would",
    does: "Serves a record folder on this computer as the service would, signatures and all, so that the whole way can be tried with no account. Ctrl-C ends it.",
    operands: "one",
    options: { ...emulateOptions, ...commonOptions },
    examples: [["facecut emulate hits", "The service on 127.0.0.1:8650"]],
  },
} as const satisfies Record<string, Command>;

type CommandName = keyof typeof commands;

/** A command line, read: its flags are checked to exist, their values are still texts. */
export interface CommandLine {
  readonly command: CommandName;
  /** Folders or files that stand after the command. */
  readonly operands: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | readonly string[]>>;
}

/** Reads the arguments; undefined when help or the version was printed instead. Throws errors of exit status 2. */
export async function readCommandLine(args: readonly string[], print: (text: string) => void): Promise<CommandLine | undefined> {
  refuseBuiltInNames(args);
  let printed = "";
  const parsed = await parser().parseAsync([...args], {}, (_error: unknown, _argv: unknown, output: string) => {
    printed += output;
  });
  if (printed !== "") {
    print(`${printed}\n`);
    return undefined;
  }
  const [command, ...more] = parsed._.map(String);
  if (command === undefined)
    throw usage("No command is given", "Write: facecut export FOLDER -o OUT; facecut --help lists the commands");
  if (!isCommand(command)) throw unknownCommand(command);
  const operands = [parsed.operands, ...more].flat().filter((operand) => typeof operand === "string");
  const options = givenOptions(command, parsed);
  if (commands[command].operands === "one") refuseSeveral(operands);
  return { command, options, operands };
}

// yargs looks flags up in plain objects, where names such as `constructor` mean something already.
function refuseBuiltInNames(args: readonly string[]): void {
  const flags = args.map((arg) => /^--([^=]+)/.exec(arg)?.[1]);
  const found = flags.find((flag) => flag !== undefined && flag in Object.prototype);
  if (found !== undefined) throw new FacecutError("unknown-option", { what: `There is no option --${found}`, cure: seeHelp });
}

function parser() {
  const line = yargs()
    .scriptName("facecut")
    .usage("facecut turns a face search of Alibaba Cloud Intelligent Media Services into editing timelines.")
    .usage("")
    .usage("Usage: $0 COMMAND [options]")
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
    .alias("h", "help")
    .exitProcess(false)
    .fail(refuse);
  for (const [name, command] of Object.entries<Command>(commands)) addCommand(line, name, command);
  return line;
}

function addCommand(line: ReturnType<typeof yargs>, name: string, command: Command): void {
  line.command(`${name} [operands..]`, command.describe, (builder) => {
    const described = builder.usage(`Usage: $0 ${command.usage}\n\n${command.does}`).options(yargsOptions(command.options));
    for (const [example, result] of command.examples) described.example(example, result);
    return described;
  });
}

// What yargs refuses itself (a flag without its value) it throws as YError, or gives as a message alone.
function refuse(message: string | undefined, error: Error | undefined): never {
  if (error !== undefined && error.name !== "YError") throw error;
  throw usage(message ?? error?.message ?? "The command line is not understood", seeHelp);
}

function yargsOptions(rows: Readonly<Record<string, OptionRow>>): Record<string, object> {
  return Object.fromEntries(Object.entries(rows).map(([key, row]) => [flagName(key), yargsOption(row)]));
}

function yargsOption(row: OptionRow): object {
  // yargs has no place of its own for what a value looks like.
  const value = row.value === undefined ? "" : `${row.value}  `;
  const example = row.example === undefined ? "" : `  e.g. ${row.example}`;
  return {
    alias: row.aliases ?? [],
    group: `${row.group}:`,
    describe: `${value}${row.describe}${example}`,
    ...(row.type === "flag" ? { type: "boolean" } : { type: "string", requiresArg: true }),
    // The default is shown, not set: a template stands between a flag and its default.
    ...(row.default === undefined ? {} : { defaultDescription: row.default }),
  };
}

const seeHelp = "See facecut --help, or facecut export --help";

function isCommand(word: string): word is CommandName {
  return Object.keys(commands).includes(word);
}

function refuseSeveral(operands: readonly string[]): void {
  if (operands.length > 1) throw usage(`One at a time, not ${operands.join(" and ")}`, "Leave one out");
}

function givenOptions(command: CommandName, parsed: Record<string, unknown>): CommandLine["options"] {
  const rows = Object.entries<OptionRow>(commands[command].options);
  const flags = rows.flatMap(([key, row]) => [flagName(key), ...(row.aliases ?? [])]);
  const known = new Set(["_", "$0", "operands", "help", "h", "version", ...flags]);
  for (const flag of Object.keys(parsed)) if (!known.has(flag)) throw unknownOption(flag, flags, command);
  const given = rows.map(([key, row]) => [key, givenValue(key, row, parsed[flagName(key)])] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined)) as CommandLine["options"];
}

/** yargs gives an array where a flag stands several times. */
function givenValue(key: string, { type }: OptionRow, value: unknown): unknown {
  if (type === "list") return value === undefined ? undefined : [value].flat();
  if (Array.isArray(value)) throw twice(key);
  return value;
}

/** True when a flag is set, for arguments that may be wrong otherwise: `--json`, `--json=true`, `--json true`. */
export function flagIsSet(flag: keyof typeof commonOptions, args: readonly string[]): boolean {
  const end = args.indexOf("--");
  const before = end < 0 ? args : args.slice(0, end);
  return before.some((arg, i) => arg === `--${flag}=true` || (arg === `--${flag}` && before[i + 1] !== "false"));
}

function usage(what: string, cure: string): FacecutError {
  return new FacecutError("usage", { what, cure });
}

function unknownOption(flag: string, flags: readonly string[], command: string): FacecutError {
  const long = flags.filter((known) => known.length > 1);
  const near = nearest(flag, long);
  return new FacecutError("unknown-option", {
    what: `There is no option ${flag.length === 1 ? "-" : "--"}${flag} of facecut ${command}`,
    cure: near === undefined ? `See facecut ${command} --help` : `Did you mean --${near}?`,
  });
}

function unknownCommand(command: string): FacecutError {
  const names = Object.keys(commands);
  const near = nearest(command, names);
  return new FacecutError("unknown-command", {
    what: `There is no command ${command}`,
    cure: near === undefined ? `The commands are: ${names.join(", ")}` : `Did you mean facecut ${near}?`,
  });
}

function twice(key: string): FacecutError {
  return new FacecutError("bad-option", { what: "The option is given twice", cure: "Give it once", option: key });
}
