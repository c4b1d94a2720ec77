import type { OpenElement } from "../read/read-options.js";
import type { Reading } from "../read/reading.js";
import { compareRates, frameRate, parseMediaRate, rateName, sameRate, timelineRates } from "../time/frame-rate.js";
import { formatNameFaults, frameDurationWatcher, idWatcher, referenceWatcher } from "./fcpxml-references.js";
import { spineWatcher } from "./fcpxml-spine.js";
import { attributeWatcher, childWatcher, valueWatcher } from "./fcpxml-structure.js";
import { clipsOf, groupsOf, mediaById, named } from "./items.js";
import { type Fault, type Rule, watchEach } from "./rule.js";
import { outsideMedia } from "./rules-media.js";

const formats = ["fcpxml"] as const;
const dtdRefuses = 'Final Cut Pro refuses the whole import ("DTD validation failed")';
const dtd = "Apple, FCPXML document type definitions 1.8 to 1.14";

/** Rules of FCPXML. */
export const fcpxmlRules: readonly Rule[] = [
  {
    id: "unknown-version",
    formats,
    severity: "error",
    consequence: "Final Cut Pro and Resolve refuse the file",
    source: "Resolve prints the versions it takes (WyattBlue/auto-editor, issue 367); the newest known is 1.14",
    find: unknownVersion,
  },
  { id: "wrong-child", formats, severity: "error", consequence: dtdRefuses, source: dtd, watch: childWatcher },
  { id: "unknown-attribute", formats, severity: "error", consequence: dtdRefuses, source: dtd, watch: attributeWatcher },
  { id: "wrong-value", formats, severity: "error", consequence: dtdRefuses, source: dtd, watch: valueWatcher },
  { id: "duplicate-id", formats, severity: "error", consequence: dtdRefuses, source: dtd, watch: idWatcher },
  { id: "dangling-reference", formats, severity: "error", consequence: dtdRefuses, source: dtd, watch: referenceWatcher },
  {
    id: "no-frame-duration",
    formats,
    severity: "error",
    consequence: 'Final Cut Pro crashes or says "insufficient data (frameDuration=<empty>)"',
    source: "CommandPost/FCPCafe, issue 523",
    watch: frameDurationWatcher,
  },
  {
    id: "format-name",
    formats,
    severity: "warning",
    consequence: "Final Cut Pro refuses clips whose format has a name it does not know; leave the name out",
    source: "Apple, FCPXML Reference, format: the list of names",
    watch: () => watchEach(formatNameFaults),
  },
  {
    id: "forbidden-name",
    formats,
    severity: "error",
    consequence: `Final Cut Pro refuses the whole import ("You may not use '/' or the return key in names")`,
    source: "Final Cut Pro 12's message",
    watch: () => watchEach(nameFaults),
  },
  {
    id: "spine-not-contiguous",
    formats,
    severity: "error",
    consequence: "Final Cut Pro puts a gap into the hole, or moves all later clips",
    source: "Apple, FCPXML Reference, spine: children lie one after another, gaps are elements",
    watch: spineWatcher,
  },
  {
    id: "source-outside-media",
    formats,
    severity: "error",
    consequence: 'Final Cut Pro says "Invalid edit with no respective media", Resolve finds no clip',
    source: "DozaVisuals/doza-assist, issues 34 and 35; palmier-io/palmier-pro, issue 110",
    find: outsideMedia,
  },
  {
    id: "no-path",
    formats,
    severity: "error",
    consequence: "The clips of this asset come in offline, or the import is refused",
    source: "Apple, FCPXML Reference, media-rep",
    find: ({ media }) =>
      assetsIn(media)
        .filter(({ files }) => !files.some(({ url }) => url !== ""))
        .map(({ place, name }) => ({ place, what: `The asset ${named({ name })} has no media-rep with a src` })),
  },
  {
    id: "bad-url",
    formats,
    severity: "warning",
    consequence: "The file is not found, or Resolve cannot relink it",
    source: "Apple, FCPXML Reference, media-rep: src is a URL; palmier-io/palmier-pro, pull request 254",
    find: badUrls,
  },
  {
    id: "shared-file",
    formats,
    severity: "warning",
    consequence: "Resolve's relinking fails on two assets with one file",
    source: "palmier-io/palmier-pro",
    find: sharedFiles,
  },
  {
    id: "audio-sources",
    formats,
    severity: "warning",
    consequence: "Programs may leave the sound out",
    source: "Apple, FCPXML Reference, asset: hasAudio with audioSources and audioChannels",
    find: ({ media }) =>
      assetsIn(media)
        .filter(({ written }) => written.hasAudio === "1" && !(written.audioSources && written.audioChannels))
        .map(({ place, name }) => ({
          place,
          what: `The asset ${named({ name })} has sound, but no audioSources or audioChannels`,
        })),
  },
  {
    id: "conform-rate",
    formats,
    severity: "warning",
    consequence: "Final Cut Pro decides by itself how to play the clip: its length and sound may change",
    source: "CommandPost/FCPCafe, issue 323; Apple, FCPXML Reference, conform-rate",
    find: conformRates,
  },
  {
    id: "too-fast",
    formats,
    severity: "error",
    consequence: "Final Cut Pro refuses the project",
    source: "Final Cut Pro has no project faster than 60 frames a second",
    find: ({ timelines }) =>
      timelines
        .filter(({ rate }) => rate !== undefined && compareRates(rate, frameRate(60, 1)) > 0)
        .map(({ place, name }) => ({ place, what: `The project ${named({ name })} runs faster than 60 frames a second` })),
  },
  {
    id: "audio-layout",
    formats,
    severity: "error",
    consequence: "Final Cut Pro refuses the project",
    source: "WyattBlue/auto-editor, issue 1138: mono passes the definition and is refused",
    find: ({ timelines }) =>
      timelines
        .filter(({ written }) => written.audioLayout === "mono")
        .map(({ place, name }) => ({ place, what: `The audioLayout of ${named({ name })} is mono` })),
  },
];

function* unknownVersion({ version }: Reading): Generator<Fault> {
  const minor = Number(/^1\.(\d{1,2})$/.exec(version ?? "")?.[1] ?? -1);
  if (minor < 0 || minor > 14)
    yield { place: "line 1", what: version ? `There is no FCPXML ${version}` : "The version is missing" };
}

const namedElements = /^(event|project|asset|keyword-collection|.*clip|video|audio|title)$/;

const noFaults: readonly Fault[] = [];

function nameFaults({ name: element, attributes, line }: OpenElement): readonly Fault[] {
  const { name } = attributes;
  if (name === undefined || !namedElements.test(element)) return noFaults;
  const found = /[/\n\r]/.exec(name)?.[0];
  if (found === undefined) return noFaults;
  return [{ place: `line ${line}`, what: `The name of the ${element} has ${found === "/" ? "a /" : "a line break"} in it` }];
}

/** Compound clips are media without a file. */
function assetsIn(media: Reading["media"]): Reading["media"] {
  return media.filter(
    ({ written }) => written.hasVideo !== undefined || written.hasAudio !== undefined || written.src !== undefined,
  );
}

function* badUrls({ media }: Reading): Generator<Fault> {
  for (const { files, place, name } of media) {
    const isBad = files.some(({ url }) => /[^\x21-\x7e]|[<>"\\^`{|}]|%(?![0-9a-f]{2})/i.test(url));
    if (isBad) yield { place, what: `The URL of ${named({ name })} holds characters that must be escaped` };
  }
}

function* sharedFiles({ media }: Reading): Generator<Fault> {
  for (const same of groupsOf(media, ({ files }) => files[0]?.url).values()) {
    const [first, second] = same;
    if (second && first?.files[0]?.url)
      yield { place: second.place, what: `${named(second)} and ${named(first)} (${first.place}) are the same file` };
  }
}

function* conformRates(reading: Reading): Generator<Fault> {
  const media = mediaById(reading);
  for (const { item, timeline } of clipsOf(reading)) {
    const rate = media.get(item.media ?? "")?.rate;
    if (rate === undefined || timeline.rate === undefined || sameRate(rate, timeline.rate)) continue;
    // For other rates the element has no word.
    if (!timelineRates.some((one) => sameRate(one, rate))) continue;
    const stated = parseMediaRate(item.written["conform-rate/@srcFrameRate"] ?? "");
    if (stated !== undefined && sameRate(stated, rate)) continue;
    const said = stated === undefined ? "no conform-rate says so" : `its conform-rate says ${rateName(stated)}`;
    yield { place: item.place, what: `The media of ${named(item)} run at ${rateName(rate)} frames a second, but ${said}` };
  }
}
