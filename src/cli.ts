import { type CommandLine, flagIsSet, readCommandLine } from "./command-line.js";
import { exitStatus, FacecutError, fault } from "./errors.js";
import { errorJson, errorText } from "./messages.js";
import type { Streams } from "./streams.js";
import { unsigned } from "./text.js";

/** Runs one command line (without `node` and the program's name) and gives its exit status. Never throws. */
export async function main(args: readonly string[], streams: Streams): Promise<number> {
  try {
    const line = await readCommandLine(args, streams.out, streams.columns);
    return line === undefined ? exitStatus.done : await run(line, streams);
  } catch (error) {
    return tellError(error instanceof FacecutError ? error : unexpected(error), args, streams);
  }
}

// A command brings its own modules: the client of the service and the emulator are loaded by those who need them.
async function run({ command, operands, options }: CommandLine, streams: Streams): Promise<number> {
  const [folder] = operands;
  switch (command) {
    case "check":
      return (await import("./commands/check.js")).runCheck(operands, options, streams);
    case "list":
      return (await import("./commands/list.js")).runList(operands, options, streams);
    case "templates":
      return (await import("./commands/templates.js")).runTemplates(folder, options, streams);
    case "export":
      return (await import("./commands/export.js")).runExport(operands, options, streams);
    case "search":
      return (await import("./commands/search.js")).runSearch(folder, options, streams);
    case "completion":
      return (await import("./commands/completion.js")).runCompletion(folder, options, streams);
    case "emulate":
      return (await import("./commands/emulate.js")).runEmulate(folder, options, streams);
  }
}

function unexpected(error: unknown): FacecutError {
  const wrapped = fault(error instanceof Error ? error.message : String(error));
  if (error instanceof Error && error.stack !== undefined) wrapped.stack = error.stack;
  return wrapped;
}

function tellError(error: FacecutError, args: readonly string[], { out, err }: Streams): number {
  err(errorText(error));
  if (flagIsSet("debug", args) && error.stack !== undefined) err(`${unsigned(error.stack)}\n`);
  if (flagIsSet("json", args)) out(errorJson(error));
  return error.exitStatus;
}
