import { displayWidth, padded } from "./display-width.js";
import type { FacecutError } from "./errors.js";
import type { SearchOutcome } from "./fetch/search.js";
import type { PersonSummary } from "./fetch/search-summary.js";
import type { Warning } from "./model/warning.js";
import { flagName } from "./options.js";
import type { CallCounts } from "./service/service.js";
import { count, oneLine, shortened, unsigned } from "./text.js";
import { type Fraction, floor, fraction, multiply } from "./time/fraction.js";

/** `facecut: what happened [code]`, then where it is and what to do, one line each. */
export function errorText(error: FacecutError): string {
  const cure = error.cure ?? (error.code === "internal" ? "Run again with --debug and report what it prints" : undefined);
  const where = [error.option === undefined ? undefined : `--${flagName(error.option)}`, error.where].filter(
    (part) => part !== undefined,
  );
  return [
    `facecut: ${line(error.message)} [${error.code}]`,
    ...(where.length === 0 ? [] : [`  where: ${line(where.join(", "))}`]),
    ...(cure === undefined ? [] : [`  do: ${line(cure)}`]),
    "",
  ].join("\n");
}

/** One line, without the query of a signed URL that was typed or came from outside. */
function line(text: string): string {
  return oneLine(unsigned(text));
}

/** The same for a calling program. */
export function errorJson(error: FacecutError): string {
  return `${JSON.stringify({ error: errorObject(error) })}\n`;
}

function errorObject(error: FacecutError): object {
  const { code, option, exitStatus } = error;
  const [message, where, cure] = [error.message, error.where, error.cure].map((text) => text && unsigned(text));
  const flag = option === undefined ? undefined : `--${flagName(option)}`;
  return { code, message, where, option: flag, cure, exit_status: exitStatus };
}

export function warningText({ code, what, cure }: Warning): string {
  return `warning: ${oneLine(what)} [${code}]\n${cure === undefined ? "" : `  do: ${oneLine(cure)}\n`}`;
}

/** What a search found, for the two texts below. */
export interface SearchTold {
  readonly folder: string;
  readonly outcome: SearchOutcome;
  /** Absent when nothing had to be asked. */
  readonly counts?: CallCounts;
  /** Why it is not a success, when it is none. */
  readonly error?: FacecutError;
}

const mostPeople = 20;
const longestName = 40;

function personText(name: string, { appearances, seconds }: PersonSummary): string {
  return `  ${name}  ${count(appearances, "appearance")}, ${secondsText(seconds)} s`;
}

/** A line of counts, then a line per person, unless names are kept back: how often and how long on screen. */
export function searchText({ folder, outcome, counts }: SearchTold, redacted = false): string {
  const people = outcome.summary.people();
  const { calls = 0, retries = 0 } = counts ?? {};
  const tried = retries === 0 ? "" : `, ${count(retries, "retry", "retries")}`;
  const named = redacted ? [] : people;
  const names = named.slice(0, mostPeople).map(({ name }) => shortened(name, longestName));
  const widest = Math.max(0, ...names.map(displayWidth));
  return [
    `${folder}: ${count(outcome.assets, "media asset")}, ${count(appearancesOf(people), "appearance")} of ${count(people.length, "person", "people")}; ${count(calls, "call")}${tried}`,
    ...names.map((name, i) => personText(padded(name, widest), people[i] as PersonSummary)),
    ...(named.length > mostPeople ? [`  and ${named.length - mostPeople} more`] : []),
    "",
  ].join("\n");
}

/** The same for a calling program. */
export function searchJson({ folder, outcome, counts, error }: SearchTold): string {
  const people = outcome.summary
    .people()
    .map(({ name, appearances, seconds }) => ({ name, appearances, seconds: Number(secondsText(seconds)) }));
  const { calls = 0, tries = 0, retries = 0 } = counts ?? {};
  const { assets, clips, missing } = outcome;
  return `${JSON.stringify({ folder, complete: missing.length === 0, assets, clips, people, calls, tries, retries, missing, ...(error === undefined ? {} : { error: errorObject(error) }) })}\n`;
}

function appearancesOf(people: readonly PersonSummary[]): number {
  return people.reduce((sum, { appearances }) => sum + appearances, 0);
}

/** Exact seconds to a tenth, cut off: `61.0`. */
function secondsText(seconds: Fraction): string {
  const tenths = floor(multiply(seconds, fraction(10)));
  return `${tenths / 10n}.${tenths % 10n}`;
}
