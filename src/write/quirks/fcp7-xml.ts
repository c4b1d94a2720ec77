import type { Quirk } from "./quirk.js";

export const fcp7Quirks = {
  stereo: {
    values: ["channels", "pairs"],
    decides: "Each channel of sound is a track of its own, or two tracks are marked as one stereo track",
    programs: "pairs: Premiere Pro; channels: DaVinci Resolve and Final Cut Pro 7",
    without: "A stereo clip comes in as two mono clips on two tracks",
    evidence: "export",
    source: "opencinemac/test-timelines: Premiere exports, currentExplodedTrackIndex and premiereChannelType",
  },
  scaleToFit: {
    values: [false, true],
    decides: "Pictures of another size than the sequence's are scaled to fit it",
    programs: "true: Premiere Pro; false: DaVinci Resolve, which fits them itself",
    without: "Premiere shows them 1:1: of a UHD file in an HD sequence only the middle is seen",
    evidence: "issue",
    source: "barefootford/buttercut, pull requests 92, 111",
  },
  pproColours: {
    values: [true, false],
    decides: "Marker colours are written as Premiere's numbers too",
    programs: "Premiere Pro",
    without: "It takes the nearest to Final Cut Pro 7's colour",
    evidence: "export",
    source: "OpenTimelineIO wiki, Editorial File Format Notes",
  },
  labels: {
    values: [true, false],
    decides: "Clips have a label colour for each person",
    programs: "Premiere Pro",
    without: "All clips look alike",
    evidence: "export",
    source: "opencinemac/test-timelines: labels/label2 in Premiere exports; names but Iris and Forest are unverified",
  },
} as const satisfies Record<string, Quirk>;
