import yargs from "yargs";
import { type Command, type CommandName, commands, isCommand } from "./command-line/commands.js";
import { completionFlag, completionsOf } from "./command-line/completions.js";
import { refuseFlagValues } from "./command-line/flag-values.js";
import { examplesText, helpWidth, withoutTypes } from "./command-line/help-text.js";
import { FacecutError } from "./errors.js";
import { type commonOptions, flagName, type OptionRow } from "./options.js";
import { nearest } from "./text.js";
import { versionJson, versionText } from "./version.js";

/** A command line, read: its flags are checked to exist, their values are still texts. */
export interface CommandLine {
  readonly command: CommandName;
  /** Folders or files that stand after the command. */
  readonly operands: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | readonly string[]>>;
}

/**
 * Reads the arguments; undefined when help or the version was printed instead, at most as wide as the terminal has columns.
 * Throws errors of exit status 2.
 */
export async function readCommandLine(
  typed: readonly string[],
  print: (text: string) => void,
  columns?: number,
): Promise<CommandLine | undefined> {
  if (typed[0] === completionFlag) {
    for (const word of await completionsOf(typed.slice(1))) print(`${word}\n`);
    return undefined;
  }
  const args = asFlag(typed);
  refuseBuiltInNames(args);
  let printed = "";
  const parsed = await parser(args, columns).parseAsync([...args], {}, (_error: unknown, _argv: unknown, output: string) => {
    printed += output;
  });
  const [command, ...operands] = parsed._.map(String);
  const known = command !== undefined && isCommand(command) ? commands[command] : undefined;
  refuseFlagValues(args, known?.options ?? {});
  if (printed !== "") {
    print(`${[withoutTypes(printed), ...(known && isHelp(args) ? [examplesText(known)] : [])].join("\n\n")}\n`);
    return undefined;
  }
  if (command === undefined) throw noCommand(Object.keys(parsed));
  if (!isCommand(command)) throw unknownCommand(command);
  const options = givenOptions(command, parsed);
  if (commands[command].operands === "one") refuseSeveral(operands);
  return { command, options, operands };
}

/** `facecut help export` is `facecut export --help`. */
function asFlag(args: readonly string[]): readonly string[] {
  if (args[0] !== "help") return args;
  const word = args.slice(1).find((arg) => !arg.startsWith("-"));
  if (word !== undefined && !isCommand(word)) throw unknownCommand(word);
  return [...args.slice(1), "--help"];
}

// yargs looks flags up in plain objects, where names such as `constructor` mean something already.
function refuseBuiltInNames(args: readonly string[]): void {
  const flags = args.map((arg) => /^--([^=]+)/.exec(arg)?.[1]);
  const found = flags.find((flag) => flag !== undefined && flag in Object.prototype);
  if (found !== undefined)
    throw new FacecutError("unknown-option", { what: `There is no option --${found}`, cure: seeHelp(args) });
}

function parser(args: readonly string[], columns: number | undefined) {
  const line = yargs()
    .scriptName("facecut")
    .wrap(helpWidth(columns))
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
    .version(
      "version",
      "Print the version, the commit it was built from, and what it runs on",
      flagIsSet("json", args) ? versionJson() : versionText(),
    )
    .help("help", "Print this help")
    .alias("h", "help")
    // All else that facecut says is English.
    .locale("en")
    .exitProcess(false)
    .fail((message, error) => refuse(message, error, args));
  for (const [name, command] of Object.entries<Command>(commands)) addCommand(line, name, command, isHelp(args));
  return line;
}

function isHelp(args: readonly string[]): boolean {
  return args.some((arg) => arg === "--help" || arg === "-h");
}

// yargs lays its help out whether it is asked for or not, which takes a fifth of a short export: so it gets nothing to lay out.
function addCommand(line: ReturnType<typeof yargs>, name: string, command: Command, isAsked: boolean): void {
  line.command(name, command.describe, (builder) =>
    builder.usage(`Usage: $0 ${command.usage}\n\n${command.does}`).options(yargsOptions(command.options, isAsked)),
  );
}

// What yargs refuses itself it throws as YError, or gives as a message alone: a flag without its value.
function refuse(message: string | undefined, error: Error | undefined, args: readonly string[]): never {
  if (error !== undefined && error.name !== "YError") throw error;
  const told = message ?? error?.message ?? "The command line is not understood";
  const [, flag] = /^Not enough arguments following: (.+)$/.exec(told) ?? [];
  throw usage(flag === undefined ? told : `The option ${dashed(flag)} needs a value`, seeHelp(args));
}

function dashed(flag: string): string {
  return flag.length === 1 ? `-${flag}` : `--${flag}`;
}

function yargsOptions(rows: Readonly<Record<string, OptionRow>>, isAsked: boolean): Record<string, object> {
  const told = (row: OptionRow) => (isAsked ? helpOf(row) : { hidden: true });
  return Object.fromEntries(Object.entries(rows).map(([key, row]) => [flagName(key), { ...yargsOption(row), ...told(row) }]));
}

function yargsOption({ aliases = [], type }: OptionRow): object {
  return { alias: aliases, ...(type === "flag" ? { type: "boolean" } : { requiresArg: true }) };
}

function helpOf(row: OptionRow): object {
  // yargs has no place of its own for what a value looks like.
  const value = row.value === undefined ? "" : `${row.value}  `;
  const example = row.example === undefined ? "" : `  e.g. ${row.example}`;
  return {
    group: `${row.group}:`,
    describe: `${value}${row.describe}${example}`,
    // The default is shown, not set: a template stands between a flag and its default.
    ...(row.default === undefined ? {} : { defaultDescription: row.default }),
  };
}

function seeHelp(args: readonly string[]): string {
  return `See facecut ${[...args.filter(isCommand).slice(0, 1), "--help"].join(" ")}`;
}

function refuseSeveral(operands: readonly string[]): void {
  if (operands.length > 1) throw usage(`One at a time, not ${operands.join(" and ")}`, "Leave one out");
}

/** What yargs itself adds to what it has read. */
const ownFlags = ["_", "$0", "help", "h", "version"];

function givenOptions(command: CommandName, parsed: Record<string, unknown>): CommandLine["options"] {
  const rows = Object.entries<OptionRow>(commands[command].options);
  const flags = rows.flatMap(([key, row]) => [flagName(key), ...(row.aliases ?? [])]);
  for (const flag of Object.keys(parsed))
    if (![...ownFlags, ...flags].includes(flag)) throw unknownOption(flag, flags, `facecut ${command}`);
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

function noCommand(flags: readonly string[]): FacecutError {
  const wrong = flags.find((flag) => !ownFlags.includes(flag));
  if (wrong !== undefined) return unknownOption(wrong, ["help", "version"], "facecut");
  return usage("No command is given", "Write: facecut export FOLDER -o OUT; facecut --help lists the commands");
}

function unknownOption(flag: string, flags: readonly string[], program: string): FacecutError {
  const long = flags.filter((known) => known.length > 1);
  const near = nearest(flag, long);
  return new FacecutError("unknown-option", {
    what: `There is no option ${dashed(flag)} of ${program}`,
    cure: near === undefined ? `See ${program} --help` : `Did you mean --${near}?`,
  });
}

function unknownCommand(command: string): FacecutError {
  const names = Object.keys(commands);
  const near = command === "version" ? "--version" : nearest(command, names);
  return new FacecutError("unknown-command", {
    what: `There is no command ${command}`,
    cure: near === undefined ? `The commands are: ${names.join(", ")}` : `Did you mean facecut ${near}?`,
  });
}

function twice(key: string): FacecutError {
  return new FacecutError("bad-option", { what: "The option is given twice", cure: "Give it once", option: key });
}
