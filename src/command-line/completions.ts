import { flagName, type OptionRow } from "../options.js";
import { commands, isCommand, shells } from "./commands.js";

/** What a shell's script (`facecut completion`) begins its question with; yargs' own scripts do so too. */
export const completionFlag = "--get-yargs-completions";

/**
 * What may stand for the last of these words, the program's name first: commands, options, and the words an option takes.
 * None where a file or a free text belongs; shells offer files then.
 */
export async function completionsOf(words: readonly string[]): Promise<string[]> {
  const last = words.at(-1) ?? "";
  // bash parts words at the sign of equality, zsh does not.
  const [, flag, value] = /^(--[^=]+)=(.*)$/.exec(last) ?? [];
  const begun = value ?? (last === "=" ? "" : last);
  const before = words.slice(0, -1).filter((word) => word !== "=");
  const found = (await candidates(before, flag ?? before.at(-1), begun)).filter((word) => word.startsWith(begun));
  return flag === undefined ? found : found.map((word) => `${flag}=${word}`);
}

async function candidates(before: readonly string[], asked: string | undefined, begun: string): Promise<readonly string[]> {
  const command = before.find(isCommand);
  if (command === undefined) return begun.startsWith("-") ? ["--help", "--version"] : Object.keys(commands);
  const rows = Object.entries<OptionRow>(commands[command].options);
  const [key, row] = rows.find(([name, each]) => asked !== undefined && flagsOf(name, each).includes(asked)) ?? [];
  if (row !== undefined && row.type !== "flag") return nextValues(begun, row, (await lists[key ?? ""]?.()) ?? row.words);
  if (begun.startsWith("-")) return [...unused(rows, before), "--help"];
  if (command === "templates") return templates();
  return command === "completion" ? [...shells] : [];
}

const templates = async (): Promise<readonly string[]> => (await import("../templates.js")).shippedTemplates();
const formats = async (): Promise<readonly string[]> => (await import("../write/formats.js")).formatIds;

/** Words that have a place of their own, which is looked into when somebody asks. */
const lists: Readonly<Record<string, () => Promise<readonly string[]>>> = { template: templates, format: formats };

function flagsOf(key: string, { aliases = [] }: OptionRow): string[] {
  return [flagName(key), ...aliases].map((name) => (name.length === 1 ? `-${name}` : `--${name}`));
}

/** Long flags that may still be given. */
function unused(rows: readonly (readonly [string, OptionRow])[], before: readonly string[]): string[] {
  const free = rows.map(([key, row]) => ({ row, flags: flagsOf(key, row) }));
  const open = free.filter(({ row, flags }) => row.type === "list" || !flags.some((flag) => before.includes(flag)));
  return open.flatMap(({ flags }) => flags.filter((flag) => flag.startsWith("--")));
}

/** The words of an option; in a list, the next one after those that stand there. */
function nextValues(begun: string, { value }: OptionRow, words: readonly string[] = []): string[] {
  const start = value === "LIST" ? begun.slice(0, begun.lastIndexOf(",") + 1) : "";
  const given = start.split(",");
  return words.filter((word) => !given.includes(word)).map((word) => start + word);
}
