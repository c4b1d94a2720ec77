import type { DoubtCode, FactSource, MediaFactName } from "../model/media.js";
import type { Clip } from "../model/timeline.js";
import type { Warning } from "../model/warning.js";
import { count, shortened } from "../text.js";
import type { TimelineSettings } from "./timeline-settings.js";

/** What an editor should know of the media behind the clips: facts nobody gave, and what is odd about their files. */
export function factWarnings(clips: readonly Clip[], settings: TimelineSettings): Warning[] {
  return [...assumed(clips, settings), ...doubtWarnings(clips)];
}

const inTheMap = (columns: string) => `Give it in ${columns} of --media-map, or the files with --media-dir`;

/** Facts nobody gave. */
function assumed(clips: readonly Clip[], { size, sizeAssumed }: TimelineSettings): Warning[] {
  const taken = `${size.width}x${size.height}`;
  const from = (fact: MediaFactName, ...sources: readonly FactSource[]) =>
    clips.filter(({ media }) => sources.includes(media.sources[fact]));
  return [
    ...warningOf(
      "unresolved-media",
      from("url", "service", "assumed"),
      "whose file was not looked for or not found; they point to where the service keeps it, or to a bare name",
      "Give the folder with --media-dir or the file in the column original of --media-map; or relink by name in the program",
    ),
    ...warningOf(
      "assumed-start",
      from("start", "assumed"),
      "whose start timecode is not known, taken as 00:00:00:00",
      `${inTheMap("the column start_timecode")}; else programs may not find the frames of files that have one`,
    ),
    ...warningOf(
      "assumed-length",
      clips.filter(({ media }) => media.duration === undefined),
      "whose length is not known, taken to end with the last clip of them",
      inTheMap("the column duration"),
    ),
    ...warningOf(
      "assumed-size",
      clips.filter(({ media }) => media.size === undefined),
      `whose frame size is not known, taken as ${sizeAssumed ? taken : `the timeline's ${taken}`}`,
      sizeAssumed
        ? `${inTheMap("the columns width and height")}; or --size for the timeline`
        : inTheMap("the columns width and height"),
    ),
    ...warningOf(
      "assumed-sound",
      from("audio", "assumed"),
      "of which nobody says whether they have sound: no sound is laid",
      inTheMap("the column audio"),
    ),
  ];
}

const believed = "The strongest source was taken, in this order: media map, the file, the service. Correct it in --media-map";

/** What each doubt says of the media, and what to do about it. */
const doubts: Readonly<Record<DoubtCode, readonly [what: string, cure: string]>> = {
  "missing-file": ["whose file is not there", "Correct the paths of --media-map, or give the folder with --media-dir"],
  "unseen-file": [
    "whose file cannot be looked at from here",
    "Give a folder that holds it with --media-dir, or export where it can be seen",
  ],
  "unreadable-file": [
    "whose file cannot be read as media",
    "Replace the file, or give yourself permission to read it; its facts come from elsewhere",
  ],
  "other-extension": [
    "found under another extension",
    "Name the file in the column original of --media-map if it is another one",
  ],
  "shared-file": ["that were all found as one file", "Name the file of each in the column original of --media-map"],
  "no-proxy": ["without a proxy, which point to the original", "Give it in the column proxy of --media-map"],
  "variable-rate": [
    "of variable frame rate, taken as constant: cuts may drift",
    "Convert them to a constant rate, which is exact",
  ],
  "rate-differs": ["whose frame rate the sources disagree on", believed],
  "start-differs": ["whose start timecode the sources disagree on", believed],
  "unusable-timecode": [
    "whose start timecode does not exist at their frame rate, taken as 00:00:00:00 where nothing else is known",
    "Give it in the column start_timecode of --media-map",
  ],
  "length-differs": ["whose length the sources disagree on by more than a second", `${believed}; check that it is the same file`],
  "size-differs": ["whose frame size the sources disagree on", believed],
  "pixel-aspect-differs": ["whose pixel aspect the sources disagree on", believed],
  "scan-differs": ["whose scan the sources disagree on", believed],
  "sound-differs": ["whose sound the sources disagree on", believed],
};

function doubtWarnings(clips: readonly Clip[]): Warning[] {
  return Object.entries(doubts).flatMap(([code, [what, cure]]) => {
    const detailsOf = ({ media }: Clip) =>
      (media.doubts ?? []).filter((doubt) => doubt.code === code).map(({ detail }) => detail);
    const doubted = clips.filter((clip) => detailsOf(clip).length > 0);
    return warningOf(code, doubted, what, cure, detailsOf);
  });
}

function warningOf(
  code: string,
  clips: readonly Clip[],
  what: string,
  cure: string,
  namesOf: (clip: Clip) => readonly string[] = ({ media }) => [media.fileName],
): Warning[] {
  if (clips.length === 0) return [];
  return [{ code, what: `${count(clips.length, "clip")} of media ${what}: ${named(clips.flatMap(namesOf))}`, cure }];
}

const mostNamed = 3;

function named(all: readonly string[]): string {
  const names = [...new Set(all)];
  const first = names.slice(0, mostNamed).map((name) => shortened(name, 120));
  return `${first.join("; ")}${names.length > mostNamed ? ` and ${names.length - mostNamed} more` : ""}`;
}
