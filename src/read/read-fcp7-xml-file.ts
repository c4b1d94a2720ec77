import { type FrameRate, frameRate } from "../time/frame-rate.js";
import type { Problems } from "./problems.js";
import { ntscRate } from "./rates.js";
import type { ReadAudio, ReadMedia, ReadSize } from "./reading.js";
import { at, child, placeOf, textAt, writtenIn, type XmlElement } from "./xml-events.js";

/** Adds the media a `<file>` describes; one that only refers to a description adds nothing. True: clips refer to it. */
export function addMedia(element: XmlElement, media: ReadMedia[], problems: Problems): boolean {
  if (element.children.length > 0) media.push(readMedia(element, problems));
  return element.parent?.name === "clipitem";
}

function readMedia(element: XmlElement, problems: Problems): ReadMedia {
  const place = placeOf(element);
  const url = textAt(element, "pathurl");
  const picture = at(element, "media/video/samplecharacteristics");
  return {
    id: element.attributes.id ?? place,
    name: textAt(element, "name") ?? "",
    files: url === undefined ? [] : [{ kind: "pathurl", url, extent: undefined }],
    rate: rateOf(element, problems),
    start: problems.frames(textAt(element, "timecode/frame"), place, "The file's start frame"),
    duration: problems.frames(textAt(element, "duration"), place, "The file's duration"),
    dropFrame: isDropFrame(element),
    size: sizeOf(picture, problems),
    scan: textAt(picture, "fielddominance"),
    pixelAspect: textAt(picture, "pixelaspectratio"),
    audio: audioOf(child(element, "media"), problems),
    reel: textAt(element, "timecode/reel/name"),
    place,
    written: writtenIn(element),
  };
}

/** The sound of a file: an `<audio>` element a stream; one without a count has a channel. */
function audioOf(media: XmlElement | undefined, problems: Problems): ReadAudio | undefined {
  const streams = media?.children.filter(({ name }) => name === "audio") ?? [];
  const [first] = streams;
  if (first === undefined) return undefined;
  const counts = streams.map((one) => problems.whole(textAt(one, "channelcount"), placeOf(one), "channelcount") ?? 1);
  return {
    streams: counts,
    sources: counts.length,
    channels: counts.reduce((sum, count) => sum + count, 0),
    sampleRate: problems.whole(textAt(first, "samplecharacteristics/samplerate"), placeOf(first), "samplerate"),
  };
}

/** A rate is a whole counting base, and whether it runs slower by the NTSC ratio. */
export function rateOf(element: XmlElement, problems: Problems): FrameRate | undefined {
  const rate = child(element, "rate");
  const timebase = rate && problems.whole(textAt(rate, "timebase"), placeOf(rate), "timebase");
  if (rate === undefined || timebase === undefined) return undefined;
  if (timebase < 1 || timebase > 100_000) return problems.add(placeOf(rate), "bad-rate", `No timebase can be ${timebase}`);
  return (textAt(rate, "ntsc") ?? "").toUpperCase() === "TRUE" ? ntscRate(timebase) : frameRate(timebase, 1);
}

export function sizeOf(picture: XmlElement | undefined, problems: Problems): ReadSize | undefined {
  const width = picture && problems.whole(textAt(picture, "width"), placeOf(picture), "width");
  const height = picture && problems.whole(textAt(picture, "height"), placeOf(picture), "height");
  return width === undefined || height === undefined ? undefined : { width, height };
}

/** Whether the timecode of a file or sequence is drop-frame. */
export function isDropFrame(element: XmlElement): boolean | undefined {
  const format = textAt(element, "timecode/displayformat");
  return format === undefined ? undefined : format.toUpperCase() === "DF";
}
