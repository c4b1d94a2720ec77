import type { Quirk } from "./quirk.js";

export const fcpxmlQuirks = {
  version: {
    values: ["1.10", "1.9", "1.11", "1.12", "1.13"],
    decides: "Version of FCPXML; 1.13 has words for media of 90, 100, 119.88 and 120 frames a second",
    programs:
      "1.9: Final Cut Pro 10.4.9, Resolve 17; 1.10: Final Cut Pro 10.6, Resolve 18.5; 1.11: 10.6.6; 1.12: 10.8; 1.13: 11.0",
    without: "Final Cut Pro reads every older version and no newer one; Resolve refuses all but those on its list",
    evidence: "issue",
    source: "Apple's DTDs; WyattBlue/auto-editor 367 (Resolve prints its list); CommandPost 3216, 3370",
  },
  root: {
    values: ["library", "event"],
    decides: "The event stands in a library, or alone",
    programs: "library: DaVinci Resolve; Final Cut Pro reads both",
    without: "Resolve: file type not supported",
    evidence: "issue",
    source: "OpenTimelineIO, issue 742",
  },
  urlDelimiters: {
    values: ["escaped", "plain"],
    decides: "! $ & ' ( ) * + , ; = in a media URL are percent-encoded, or stay",
    programs: "escaped: DaVinci Resolve; Final Cut Pro reads both",
    without: "Resolve does not find the file: media offline",
    evidence: "issue",
    source: "palmier-io/palmier-pro, pull request 254",
  },
  assetNames: {
    values: ["file", "stem"],
    decides: "Assets are named by the file with its extension, or without",
    programs: "file: DaVinci Resolve; Final Cut Pro itself writes stem, and reads both",
    without: "Resolve compares the name with the file's: media offline",
    evidence: "issue",
    source: "palmier-io/palmier-pro, issue 247",
  },
  browserClips: {
    values: [true, false],
    decides: "Every media file is a clip of the browser too, with a keyword over each appearance",
    programs: "Final Cut Pro",
    without: "People cannot be browsed by keyword",
    evidence: "export",
    source: "TheAcharya/OpenFCPXMLKit, Tests/FCPXML Samples, EventsWithKeywords",
  },
  keywordCollections: {
    values: [true, false],
    decides: "A keyword collection for each person",
    programs: "Final Cut Pro",
    without: "Keywords are there, but not listed in the sidebar",
    evidence: "export",
    source: "TheAcharya/OpenFCPXMLKit, Tests/FCPXML Samples, EventsWithKeywords",
  },
  roles: {
    values: ["dialogue", "people", "none"],
    decides: "Roles: dialogue for sound; with people also the first person's name for the picture",
    programs: "Final Cut Pro",
    without: "Sound takes the role of the user's defaults",
    evidence: "manual",
    source: "Apple, FCPXML Reference, asset-clip: audioRole, videoRole; that new roles appear on import is unverified",
  },
} as const satisfies Record<string, Quirk>;
