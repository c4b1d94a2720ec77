import { FacecutError, osReason } from "../errors.js";
import { given } from "../model/given.js";
import { readNamedFile } from "../read-file.js";
import { decodeUtf8, nearest, shown } from "../text.js";
import { isAction } from "./operations.js";

/**
 * Trouble that an emulator makes on request, so that a client can be tried against it. docs/emulator.md tells what
 * each kind does and shows a file of them.
 */
export interface Faults {
  /** Another seed strikes other requests. Default 1. */
  readonly seed?: number;
  readonly faults: readonly Fault[];
}

/** What can go wrong, and the settings each kind has besides how often and where. */
export const faultKinds = {
  throttling: ["retryAfter"],
  "too-frequent": [],
  "success-false": ["code", "message"],
  "server-error": ["status"],
  "html-502": [],
  drop: [],
  "cut-off": [],
  late: ["seconds"],
  error: ["code", "status", "message"],
  "moved-totals": [],
} as const satisfies Record<string, readonly (keyof Fault)[]>;

export type FaultKind = keyof typeof faultKinds;

export interface Fault {
  readonly kind: FaultKind;
  /** Part of the requests that it strikes, above 0 and at most 1; of the listings for `moved-totals`. */
  readonly share?: number;
  /** Strikes every Nth of the requests it is meant for. With neither `share` nor `every`: all of them. */
  readonly every?: number;
  /** Only this operation. */
  readonly action?: string;
  /** Only requests for this media asset. */
  readonly mediaId?: string;
  /** HTTP status of `server-error` (default 500) and `error` (default: the usual one of its code). */
  readonly status?: number;
  /** The service's error code, for `error` (required) and `success-false` (default `Throttling.User`). */
  readonly code?: string;
  /** The service's error message, for `error` and `success-false`. */
  readonly message?: string;
  /** How long a `late` answer takes. Default 10. */
  readonly seconds?: number;
  /** Milliseconds in the header x-acs-retry-after of `throttling`; without it the header is not sent. */
  readonly retryAfter?: number;
}

const everywhere = ["kind", "share", "every", "action", "mediaId"] as const;

/** What each setting must be, in words and as a test. */
const settings = {
  kind: ["one of its kinds", isKind],
  share: ["a number above 0, at most 1", (value) => isNumber(value) && value > 0 && value <= 1],
  every: ["a whole number from 1 up", (value) => isWhole(value) && value >= 1],
  action: ["an operation of the emulator", (value) => typeof value === "string" && isAction(value)],
  mediaId: ["a MediaId", isText],
  status: ["an HTTP status from 400 to 599", (value) => isWhole(value) && value >= 400 && value <= 599],
  code: ["an error code", isText],
  message: ["a text", isText],
  seconds: ["a number of seconds from 0 to 3600", (value) => isNumber(value) && value >= 0 && value <= 3600],
  retryAfter: ["a whole number of milliseconds from 0 up", (value) => isWhole(value) && value >= 0],
} as const satisfies Record<keyof Fault, readonly [expected: string, test: (value: unknown) => boolean]>;

type Refuse = (what: string, place?: string) => FacecutError;

/** Reads a faults file: JSON, `{"seed": 7, "faults": [{"kind": "throttling", "share": 0.3}]}`. Throws `bad-faults`. */
export async function readFaults(file: string): Promise<Faults> {
  const cure = "docs/emulator.md in facecut's repository tells what a faults file can say";
  const refuse: Refuse = (what, place = "") => new FacecutError("bad-faults", { what, where: `${file} $${place}`, cure });
  const bytes = await readNamedFile(file).catch((error: unknown) => {
    throw refuse(`The faults file cannot be read: ${osReason(error)}`);
  });
  const value = parsed(decodeUtf8(bytes));
  if (!isObject(value) || !Array.isArray(value.faults)) throw refuse('A faults file is a JSON object with a list "faults"');
  const stray = Object.keys(value).find((key) => key !== "seed" && key !== "faults");
  if (stray !== undefined) throw refuse(`A faults file has a seed and faults, not ${shown(stray)}`);
  const { seed } = value;
  if (seed !== undefined && !isWhole(seed)) throw refuse(`Found ${shown(seed)} where a whole number is expected`, ".seed");
  const faults = value.faults.map((fault, i) => checked(fault, (what, key = "") => refuse(what, `.faults[${i}]${key}`)));
  checkShares(faults, refuse);
  return given({ seed, faults });
}

function checked(value: unknown, refuse: Refuse): Fault {
  if (!isObject(value)) throw refuse(`Found ${shown(value)} where a fault is expected`);
  const { kind } = value;
  if (!isKind(kind)) throw refuse(`Found ${shown(kind)} where a kind of fault is expected: ${kindsText(kind)}`, ".kind");
  const known: readonly string[] = [...everywhere, ...faultKinds[kind]];
  for (const [key, setting] of Object.entries(value)) {
    if (!known.includes(key)) throw refuse(`A fault of kind ${kind} has no ${shown(key)}, only ${known.join(", ")}`);
    const [expected, test] = settings[key as keyof Fault];
    if (!test(setting)) throw refuse(`Found ${shown(setting)} where ${expected} is expected`, `.${key}`);
  }
  // Every value was tested against the table above.
  const fault = value as unknown as Fault;
  checkTogether(fault, refuse);
  return fault;
}

function checkTogether({ kind, share, every, code, status = 500 }: Fault, refuse: Refuse): void {
  if (kind === "error" && code === undefined) throw refuse("A fault of kind error needs a code");
  if (kind === "server-error" && status < 500) throw refuse("A fault of kind server-error has a status from 500 up", ".status");
  if (kind === "moved-totals" && every !== undefined)
    throw refuse("A fault of kind moved-totals has a share, not every", ".every");
  if (share !== undefined && every !== undefined) throw refuse("A fault has a share or every, not both");
}

function checkShares(faults: readonly Fault[], refuse: Refuse): void {
  const sum = faults.reduce((total, { kind, share = 0 }) => (kind === "moved-totals" ? total : total + share), 0);
  // A little more than 1, because 0.1 + 0.2 + 0.7 is.
  if (sum > 1.000001)
    throw refuse("The shares of all faults together are more than 1: a request can have one fault only", ".faults");
}

function kindsText(kind: unknown): string {
  const kinds = Object.keys(faultKinds);
  const meant = typeof kind === "string" ? nearest(kind, kinds) : undefined;
  return meant === undefined ? kinds.join(", ") : `did you mean ${meant}?`;
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isKind(value: unknown): value is FaultKind {
  return typeof value === "string" && Object.hasOwn(faultKinds, value);
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}
