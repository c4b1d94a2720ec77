import type { Quirk } from "./quirk.js";

/** Metadata of OpenTimelineIO is kept under a name of its owner's; these are the ones that programs read. */
export const metadataNames = { groups: "Resolve_OTIO", links: "PremierePro_OTIO" } as const;

export const otioQuirks = {
  links: {
    values: ["both", "groups", "ids"],
    decides: "Sound is linked to picture by Link Group IDs, which say its channels too, by LinkIDs, or by both",
    programs: "groups: DaVinci Resolve 18.5 and later; ids: Premiere Pro 25 and later (OTIO is beta there)",
    without: "Sound and picture come in unlinked, and which channels sound is not said",
    evidence: "export",
    source:
      "OpenTimelineIO, tests/sample_data/effects.otio, a Resolve export; WyattBlue/auto-editor, src/exports/otio.nim, after Premiere exports",
  },
  notes: {
    values: [true, false],
    decides: "A marker's text is written a second time, as a Note",
    programs: "DaVinci Resolve 18.5 and later",
    without: "Markers have a name and no note: Resolve does not read the comment",
    evidence: "export",
    source: "OpenTimelineIO, issue 1697: markers of a Resolve export",
  },
  sequenceFormat: {
    values: [false, true],
    decides: "The timeline says its frame size, rate and the channels of its sound tracks",
    programs: "Premiere Pro 25 and later (OTIO is beta there)",
    without: "OTIO has no frame size: the sequence's is guessed",
    evidence: "export",
    source: "WyattBlue/auto-editor, src/exports/otio.nim, after Premiere exports",
  },
  paths: {
    values: ["url", "plain"],
    decides: "Local media are named by a file URL, or by the path as the operating system has it",
    programs: "plain: DaVinci Resolve; url: Premiere Pro and most others",
    without: "Reports of Resolve with file URLs disagree: clips dropped, links lost, or all well",
    evidence: "export",
    source: "OpenTimelineIO, tests/sample_data/effects.otio: Resolve writes plain paths",
  },
  secondRange: {
    values: [false, true],
    decides: "Markers carry their range a second time, under its old name",
    programs: "OpenTimelineIO 0.19.0.dev1 (main in August 2026), and programs built on it",
    without: "It cannot read a Marker.2 and refuses the file: type mismatch, marked_range",
    evidence: "manual",
    source: "OpenTimelineIO, src/opentimelineio/typeRegistry.cpp at bc5fe2d; read back with it",
  },
} as const satisfies Record<string, Quirk>;
