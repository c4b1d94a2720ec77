/** One option: what the command line, help, templates and the README must know of it. */
export interface OptionRow {
  /** A list is a text that may be given several times. */
  readonly type: "text" | "flag" | "list";
  readonly group: "Output" | "Selection" | "Timeline" | "Media" | "Search" | "Service" | "Run";
  /** One sentence for help and README. */
  readonly describe: string;
  /** What the value looks like, with its unit. */
  readonly value?: string;
  readonly default?: string;
  /** The words it takes, all of them or the usual ones: shells complete them. */
  readonly words?: readonly string[];
  readonly aliases?: readonly string[];
  readonly example?: string;
  /** True when a template file may set it. */
  readonly inTemplate?: boolean;
}
