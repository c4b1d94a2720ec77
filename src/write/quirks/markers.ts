import type { Quirk } from "./quirk.js";

/** Where markers sit, in the formats that can have them in either place; never both in one file. */
export const markerPlace = {
  otio: {
    values: ["clip", "timeline"],
    decides: "Markers of OTIO sit on clips, in source time, or on the timeline's stack",
    programs: "timeline: Kdenlive 24 and later",
    without: "Kdenlive counts a clip's markers from its in-point: they land too far right, or outside",
    evidence: "manual",
    source: "OpenTimelineIO, Time Coordinates; Kdenlive, src/otio/otioimport.cpp",
  },
  fcp7xml: {
    values: ["timeline", "clip"],
    decides: "Markers of Final Cut Pro 7 XML belong to the sequence or to its clips",
    programs: "timeline: Premiere Pro",
    without: "Clip markers show on the clip alone, which is too narrow for them at most zooms",
    evidence: "unverified",
    source: "Apple, Final Cut Pro XML Interchange Format, marker: both are allowed",
  },
} as const satisfies Record<string, Quirk>;

/** What becomes of several people on one frame. */
export const sameFrame = {
  otio: {
    values: ["apart", "joined"],
    decides: "Several people on one frame have a marker each, or share one",
    programs: "joined: DaVinci Resolve",
    without: "One marker shows on a frame, the others are lost",
    evidence: "issue",
    source: "freeframe, pull request 151: of two Resolve markers on one frame one is lost",
  },
  fcpxml: {
    values: ["joined", "apart"],
    decides: "Several people on one frame share a marker, or have one each",
    programs: "joined: Final Cut Pro",
    without: "Its interface has one marker on a frame",
    evidence: "unverified",
    source: "Final Cut Pro's interface; what an import makes of two is not known",
  },
  fcp7xml: {
    values: ["apart", "joined"],
    decides: "Several people on one frame have a marker each, or share one",
    programs: "joined: Premiere Pro",
    without: "Pressing M twice on a frame opens its marker instead of making another; an import may drop one",
    evidence: "unverified",
    source: "Premiere Pro's interface; what an import makes of two is not known",
  },
} as const satisfies Record<string, Quirk>;
