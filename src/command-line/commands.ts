import {
  checkOptions,
  commonOptions,
  emulateOptions,
  exportOptions,
  listOptions,
  type OptionRow,
  searchCommandOptions,
  searchOptions,
} from "../options.js";

/** A command: what help says of it, and its options. */
export interface Command {
  readonly usage: string;
  readonly describe: string;
  readonly does: string;
  /** How many folders or files may stand after the command. */
  readonly operands: "one" | "several";
  readonly options: Readonly<Record<string, OptionRow>>;
  readonly examples: readonly (readonly [command: string, result: string])[];
}

/** The shells that `facecut completion` writes for. */
export const shells = ["bash", "zsh", "fish"] as const;

/** The commands there are. */
export const commands = {
  export: {
    usage: "export [FOLDER...] [options]",
    describe: "Write timelines of a record folder: OTIO, FCPXML, EDL, FCP7 XML",
    does: "Writes the faces of a record folder as timelines, each cut on the right frame. Several folders are joined. Without a folder it searches first, with the flags of facecut search, and keeps the record in OUT/hits.",
    operands: "several",
    options: { ...exportOptions, ...searchOptions, ...commonOptions },
    examples: [
      ["facecut export hits -o cut", "Four timelines of the record folder hits, in the folder cut"],
      ["facecut export hits -o cut/ada.otio --markers all", "OpenTimelineIO only, a marker per track point"],
    ],
  },
  search: {
    usage: "search --face-image-url URL [options]",
    describe: "Search a library for a face, and keep the replies in a record folder",
    does: "Asks the service where a face appears and keeps every reply in a record folder. Credentials come from the environment, the Alibaba Cloud CLI's profile, an ini file or a role; never from a flag.",
    operands: "one",
    options: { ...searchCommandOptions, ...commonOptions },
    examples: [
      ["facecut search --face-image-url https://example.com/ada.jpg --search-lib archive -o hits", "Make the record folder hits"],
    ],
  },
  list: {
    usage: "list FOLDER... [options]",
    describe: "Say who is in a record folder, and for how long",
    does: "Adds up how long each person, media file and expression is on screen, and in how many clips, without writing timelines. The options that select are those of facecut export.",
    operands: "several",
    options: { ...listOptions, ...commonOptions },
    examples: [["facecut list hits --min-score 0.8", "A row per person, media file and expression"]],
  },
  templates: {
    usage: "templates [NAME|FILE] [options]",
    describe: "List the templates, or say what one does",
    does: "Lists the templates; with a name or the path of a JSON file, says all that it decides, and where each setting comes from.",
    operands: "one",
    options: commonOptions,
    examples: [["facecut templates resolve", "The options and dialect for DaVinci Resolve"]],
  },
  check: {
    usage: "check FILE|FOLDER... [options]",
    describe: "Read timelines of any program back, and report faults",
    does: "Reads OpenTimelineIO (also .otioz, .otiod), FCPXML (also .fcpxmld), EDL and Final Cut Pro 7 XML, whoever wrote them, and says what editing programs would refuse or get wrong. Files of one folder and name are compared with each other. A folder is checked for the timelines in it.",
    operands: "several",
    options: { ...checkOptions, ...commonOptions },
    examples: [["facecut check cut", "What is wrong in the timelines of the folder cut, and where they differ"]],
  },
  emulate: {
    usage: "emulate FOLDER [options]",
    describe: "For developers: serve a record folder as the service would",
    does: "Serves a record folder on this computer as the service would, signatures and all, so that the whole way can be tried with no account. Ctrl-C ends it.",
    operands: "one",
    options: { ...emulateOptions, ...commonOptions },
    examples: [["facecut emulate hits", "The record folder hits as the service on 127.0.0.1:8650"]],
  },
  completion: {
    usage: "completion [bash|zsh|fish] [options]",
    describe: "Print a script by which your shell completes what you type",
    does: "Prints a script by which a shell completes commands, options and the words they take; without a name, for the shell in $SHELL.",
    operands: "one",
    options: commonOptions,
    examples: [["source <(facecut completion bash)", "Complete in this bash; written into ~/.bashrc, in each"]],
  },
} as const satisfies Record<string, Command>;

export type CommandName = keyof typeof commands;

export function isCommand(word: string): word is CommandName {
  return Object.hasOwn(commands, word);
}
