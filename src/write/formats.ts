/** The formats, by the word `--format` takes. */
export const formatIds = ["otio", "fcpxml", "edl", "fcp7xml", "csv", "otioz", "otiod"] as const;
export type FormatId = (typeof formatIds)[number];

/** A format: what it is called and what it carries. Its writer is loaded when something is written in it. */
export interface Format {
  readonly label: string;
  readonly extension: string;
  /** One file holds all timelines of a plan; else each timeline has its own. */
  readonly inOneFile?: true;
  /** What of the plan the format cannot hold; one phrase each, for the report and the README. */
  readonly leavesOut: readonly string[];
}

const otioLeavesOut = [
  "frame size of the timeline (the format has none)",
  "scan and pixel shape of the media (programs read them from the files)",
];

/** Every format facecut writes. A new format begins with a row here: CONTRIBUTING, "A new format". */
export const formats: Readonly<Record<FormatId, Format>> = {
  otio: { label: "OpenTimelineIO", extension: ".otio", leavesOut: otioLeavesOut },
  fcpxml: {
    label: "FCPXML",
    extension: ".fcpxml",
    inOneFile: true,
    leavesOut: ["marker colours (the format has none)", "which channels of sound each stream has (only how many of both)"],
  },
  edl: {
    label: "CMX 3600 EDL",
    extension: ".edl",
    leavesOut: [
      "sound (picture events only)",
      "where the media are, proxies included (programs conform by reel and timecode)",
      "frame size, scan and pixel shape (the format has none)",
    ],
  },
  fcp7xml: {
    label: "Final Cut Pro 7 XML",
    extension: ".xml",
    inOneFile: true,
    leavesOut: [
      "media frame rates that are neither whole nor NTSC (the nearest whole rate is declared)",
      "pixel shapes that the format has no word for (the nearest is declared)",
      "the second of an original and its proxy (a file has one path)",
    ],
  },
  csv: {
    label: "cut log (CSV)",
    extension: ".csv",
    leavesOut: ["markers", "sound", "frame size and rate of the timeline", "facts of the media but their path and timecode"],
  },
  otioz: { label: "OpenTimelineIO bundle, zipped", extension: ".otioz", leavesOut: otioLeavesOut },
  otiod: { label: "OpenTimelineIO bundle, a folder", extension: ".otiod", leavesOut: otioLeavesOut },
};
