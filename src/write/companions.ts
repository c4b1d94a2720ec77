import type { Plan } from "../model/timeline.js";
import { ale } from "./ale.js";
import type { Dialect } from "./dialect.js";
import { markerEdl } from "./marker-edl.js";
import { markerList } from "./marker-list.js";
import type { OutputFile } from "./writer.js";

/** A file that is written beside the timelines, for what a program takes in by another way. */
export interface Companion {
  readonly label: string;
  /** What its files' names have after the timeline's. */
  readonly names: RegExp;
  readonly programs: string;
  readonly source: string;
  /** One file holds all timelines of a plan; else each timeline has its own. */
  readonly inOneFile?: true;
  /** The files of a whole plan; `baseNames` as for a format's writer. None when there is nothing to say. */
  readonly write: (plan: Plan, baseNames: readonly string[], dialect: Dialect) => OutputFile[];
}

const ending = (end: string, baseNames: readonly string[]) => baseNames.map((name) => `${name}${end}`);

/** Every companion a template may ask for. */
export const companions = {
  "timeline-markers": {
    label: "timeline markers",
    names: /^\.resolve-markers(\.\d{3,})?\.edl$/,
    programs: "DaVinci Resolve",
    source: "Resolve's own exports, as in SubtitleEdit pull request 13730 and MarkersExtractor issue 25",
    write: (plan, baseNames) => markerEdl(plan, ending(".resolve-markers", baseNames)),
  },
  ale: {
    label: "Avid Log Exchange",
    names: /^(\.[\d.]+)?\.ale$/,
    programs: "Avid Media Composer",
    source: "Avid MediaLog User's Guide, Avid Log Specifications",
    inOneFile: true,
    write: ale,
  },
  "marker-list": {
    label: "marker list",
    names: /^\.avid-markers\.txt$/,
    programs: "Avid Media Composer",
    source: "adamhawkey/EDL_tools, Marker_tools: a list that Media Composer exported",
    write: (plan, baseNames) => markerList(plan, ending(".avid-markers", baseNames)),
  },
} as const satisfies Record<string, Companion>;

export type CompanionId = keyof typeof companions;
export const companionIds = Object.keys(companions) as CompanionId[];
