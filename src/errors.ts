/**
 * Every way facecut can refuse, as one closed table: the code a message shows, the exit status of the
 * command line, and one sentence for the README. Nothing else in facecut decides an exit status.
 */

/** Exit statuses of the command line (README, "Exit status"). */
export const exitStatus = {
  done: 0,
  fault: 1,
  usage: 2,
  input: 3,
  service: 4,
  verification: 5,
  nothing: 6,
  interrupted: 130,
  terminated: 143,
} as const;

/** What each exit status tells a calling script. */
export const exitMeanings = {
  0: "done",
  1: "a fault in facecut itself",
  2: "wrong usage: an unknown option or value, contradictory options, or output that exists already",
  3: "input refused, or output cannot be written",
  4: "service, network or credentials",
  5: "a written file failed verification",
  6: "nothing matched: no files written",
  130: "interrupted (Ctrl-C)",
  143: "terminated",
} as const satisfies Record<(typeof exitStatus)[keyof typeof exitStatus], string>;

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];

/** All error codes with their exit status and what they mean. */
export const errorCodes = {
  internal: { exit: exitStatus.fault, meaning: "A fault in facecut itself; please report it." },
  usage: { exit: exitStatus.usage, meaning: "The command line is not understood." },
  "unknown-option": { exit: exitStatus.usage, meaning: "No such option." },
  "unknown-command": { exit: exitStatus.usage, meaning: "No such command." },
  "bad-option": {
    exit: exitStatus.usage,
    meaning: "An option has a value it cannot take, or two options contradict each other.",
  },
  "bad-template": { exit: exitStatus.usage, meaning: "A template file is not valid, or there is none of that name." },
  "output-exists": { exit: exitStatus.usage, meaning: "An output file exists already and `--force` was not given." },
  "record-exists": {
    exit: exitStatus.usage,
    meaning: "The output folder of a search holds a record already and `--resume` was not given.",
  },
  "record-in-use": { exit: exitStatus.usage, meaning: "Another search is writing into the record folder." },
  "record-differs": { exit: exitStatus.usage, meaning: "A search cannot be resumed: the record was made with other values." },
  "no-input": {
    exit: exitStatus.input,
    meaning: "A file or folder that was given, or a file in it, is missing or cannot be read.",
  },
  "no-timeline": {
    exit: exitStatus.input,
    meaning: "There is nothing to check: a folder without timelines, or files of another kind.",
  },
  "not-json": { exit: exitStatus.input, meaning: "A file of the record folder is not JSON." },
  "wrong-reply": {
    exit: exitStatus.input,
    meaning: "A page is the reply of another operation, or an error reply stored as a page.",
  },
  "bad-reply": {
    exit: exitStatus.input,
    meaning: "A reply holds a value that cannot be right, such as text where a number belongs.",
  },
  "bad-occurrence": {
    exit: exitStatus.input,
    meaning: "An occurrence has impossible times, such as `EndTime` before `StartTime`.",
  },
  "bad-media-map": { exit: exitStatus.input, meaning: "The media map cannot be read, or a row in it is wrong." },
  "bad-aliases": { exit: exitStatus.input, meaning: "The file of aliases cannot be read, or a row in it is wrong." },
  "ambiguous-media": { exit: exitStatus.input, meaning: "Several files in the media folders could be one media asset." },
  "strict-media": {
    exit: exitStatus.input,
    meaning: "A media file or fact is missing or assumed, which `--strict-media` refuses.",
  },
  "bad-report": { exit: exitStatus.input, meaning: "The report of an earlier export cannot be read, or is none." },
  "no-rate": { exit: exitStatus.input, meaning: "The frame rate is not known for any of the media found." },
  "no-timeline-rate": {
    exit: exitStatus.input,
    meaning: "None of the media runs at a rate a timeline can have; `--rate` says which to take.",
  },
  "cannot-write": { exit: exitStatus.input, meaning: "An output file or folder cannot be written." },
  "bad-faults": { exit: exitStatus.input, meaning: "The faults file of `emulate` cannot be read, or something in it is wrong." },
  "cannot-listen": { exit: exitStatus.service, meaning: "The emulator cannot listen on its port." },
  "no-credentials": { exit: exitStatus.service, meaning: "No credentials for Alibaba Cloud are found, or they cannot be used." },
  "access-denied": {
    exit: exitStatus.service,
    meaning: "The service refuses the account: its key, signature, clock, permission, or because the service is not activated.",
  },
  unreachable: {
    exit: exitStatus.service,
    meaning:
      "The service is not at this host: wrong region or address, refused connection, or a certificate that is not accepted.",
  },
  "service-error": { exit: exitStatus.service, meaning: "A call of the service failed for good; others may not." },
  "incomplete-search": { exit: exitStatus.service, meaning: "Some replies of a search are missing; `--resume` asks for them." },
  "verification-failed": {
    exit: exitStatus.verification,
    meaning: "A file that was just written does not hold the plan when it is read back; it was not kept.",
  },
  "bad-timeline": { exit: exitStatus.verification, meaning: "A timeline file cannot be read: it is broken, cut off or hostile." },
  "nothing-found": { exit: exitStatus.nothing, meaning: "There is nothing to write: no occurrence, or none left." },
} as const satisfies Record<string, { exit: ExitStatus; meaning: string }>;

export type ErrorCode = keyof typeof errorCodes;

/** What an error message is made of: what happened, where, and what to do about it. */
export interface ErrorParts {
  /** What happened, one sentence without a full stop at the end. */
  readonly what: string;
  /** File and place in it, or operation and request id. */
  readonly where?: string;
  /** What the reader can do. */
  readonly cure?: string;
  /** Key of the option at fault, as in the option table (`startTimecode`); the command line prints its flag. */
  readonly option?: string;
}

/** The only error facecut throws on purpose. Its `code` decides the exit status. */
export class FacecutError extends Error {
  readonly code: ErrorCode;
  readonly where: string | undefined;
  readonly cure: string | undefined;
  readonly option: string | undefined;

  constructor(code: ErrorCode, parts: ErrorParts) {
    super(parts.what);
    this.name = "FacecutError";
    this.code = code;
    this.where = parts.where;
    this.cure = parts.cure;
    this.option = parts.option;
  }

  get exitStatus(): ExitStatus {
    return errorCodes[this.code].exit;
  }
}

/** An invariant of facecut's own code does not hold: a fault in facecut (exit 1), never bad input. */
export function fault(what: string): FacecutError {
  return new FacecutError("internal", { what });
}

const osReasons: Readonly<Record<string, string>> = {
  ENOENT: "it does not exist",
  ENOTDIR: "it is a file where a folder should be",
  EISDIR: "it is a folder, not a file",
  EFTYPE: "it is a pipe or a device, not a file",
  ENXIO: "it is a pipe or a device, not a file",
  EACCES: "permission denied",
  EPERM: "the operation is not permitted",
  ELOOP: "its symbolic links lead in a circle",
  ENAMETOOLONG: "the name is too long",
  EMFILE: "too many files are open",
  EEXIST: "a file of that name is in the way",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EROFS: "the file system is read-only",
};

/** Why the operating system refused, in words: the reason of an error that a file operation threw. */
export function osReason(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
  if (code === undefined) throw error;
  return osReasons[code] ?? code;
}
