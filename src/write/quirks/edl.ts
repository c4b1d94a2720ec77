import type { Quirk } from "./quirk.js";

export const edlQuirks = {
  form: {
    values: ["cmx3600", "file_32"],
    decides: "CMX 3600, parts of 999 events; or Avid's wide form: six digits, 32 columns for the reel, all in one list",
    programs: "cmx3600: every program; file_32: Avid",
    without: "Readers with fixed columns read a wide list's reel from the wrong place",
    evidence: "export",
    source: "iluvcapra/pycmx, tests: lists written by Avid",
  },
  reel: {
    values: ["short", "long", "file"],
    decides: "Reels of 8 characters, of 32, or the file's whole name without blanks",
    programs: "short: CMX 3600 and most readers; long: Avid's wide form; file: DaVinci Resolve",
    without: "Programs conform by reel and timecode: a reel they do not know leaves the clip offline",
    evidence: "issue",
    source: "OpenTimelineIO, pull request 804: Resolve links events whose reel is the file's name",
  },
  mixedRates: {
    values: ["real_time", "leave_out"],
    decides: "Media that count other frames than the list: real time in the list's counting, or no list at all",
    programs: "leave_out: every program that conforms by timecode",
    without: "The labels are not those of the media, and clips land on other frames, or nowhere",
    evidence: "manual",
    source: "DaVinci Resolve reference manual, Conforming: mixed frame rates are supported in XML and AAF, not in EDL",
  },
  sourceFile: {
    values: [false, true],
    decides: "A comment SOURCE FILE with the file's name after each event",
    programs: "Avid",
    without: "The name stands in FROM CLIP NAME alone",
    evidence: "export",
    source: "iluvcapra/pycmx, tests: lists written by Avid",
  },
  locators: {
    values: [true, false],
    decides: "Markers are locator comments, in record time",
    programs: "Avid; others take them for plain comments",
    without: "The list holds no markers",
    evidence: "export",
    source: "OpenTimelineIO CMX 3600 adapter, tests, screening_example.edl",
  },
  lineEnd: {
    values: ["crlf", "lf"],
    decides: "Lines end in CR LF, or in LF",
    programs: "crlf: Avid, Premiere Pro and DaVinci Resolve write it",
    without: "Older readers look for both characters",
    evidence: "export",
    source: "iluvcapra/pycmx, tests; opencinemac/test-timelines",
  },
} as const satisfies Record<string, Quirk>;
