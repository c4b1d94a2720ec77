import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Exact, exact, frameOfLabel, framesIn, nearest } from "../support/exact-time.js";
import type { RawProbe, RawStream } from "../support/media-hits.js";
import { rawTimecode } from "../support/media-hits.js";
import { all, at, readXml, textAt, type XmlElement } from "../support/read-xml.js";

/** What each format says of the media files it uses, each read by itself; and what ffprobe's answer means for it. */
export interface ReadMedia {
  readonly rate: string;
  /** First frame's number from midnight. */
  readonly start: number;
  readonly frames: number;
  /** Channels of each stream of sound. */
  readonly sounds?: readonly number[];
  /** All that only some formats can say. */
  readonly more?: Readonly<Record<string, unknown>>;
}

export type MediaByPath = ReadonlyMap<string, ReadMedia>;

/** Frames a second in lowest terms: `25`, `30000/1001`. */
function rateText({ num, den }: Exact): string {
  const divisor = gcd(num, den);
  return den === divisor ? `${num / divisor}` : `${num / divisor}/${den / divisor}`;
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}

/** A whole number, or a fraction that no expectation equals. */
function whole({ num, den }: Exact): number {
  return Number(num) / Number(den);
}

const framesOf = (time: Exact, rate: Exact) => whole(framesIn(time, rate));

// --- what ffprobe's answer means ----------------------------------------------------------------------------------

/** Fields as ffprobe names them: interleaved ones (`tb`, `bt`) show the first letter's field first. */
const scans: Readonly<Record<string, string>> = { tt: "upper", tb: "upper", bb: "lower", bt: "lower" };

export interface RawFacts extends ReadMedia {
  readonly label: string;
  readonly size: readonly [number, number];
  readonly scan: string | undefined;
  readonly pixels: string;
  readonly sounds: readonly number[];
  readonly hertz: string | undefined;
}

export function rawFacts(raw: RawProbe): RawFacts {
  const [picture] = raw.streams.filter(({ codec_type }) => codec_type === "video") as [RawStream];
  const sounds = raw.streams.filter(({ codec_type }) => codec_type === "audio");
  const rate = exact(picture.avg_frame_rate);
  const label = rawTimecode(raw) ?? "00:00:00:00";
  const seconds = exact(picture.duration ?? raw.format.duration ?? "");
  const turned = (picture.side_data_list ?? []).some(({ rotation }) => rotation !== undefined && rotation % 180 !== 0);
  const { width, height, sample_aspect_ratio: pixels = "1:1" } = picture;
  return {
    rate: rateText(rate),
    start: Number(frameOfLabel(label, rate)),
    label,
    frames: Number(picture.nb_frames ?? nearest(framesIn(seconds, rate))),
    size: turned ? [height, width] : [width, height],
    scan: scans[picture.field_order ?? ""],
    pixels,
    sounds: sounds.map(({ channels }) => channels),
    hertz: sounds[0]?.sample_rate,
  };
}

// --- OpenTimelineIO -----------------------------------------------------------------------------------------------

interface OtioTime {
  readonly value: number;
  readonly rate: number;
}

interface OtioClip {
  readonly OTIO_SCHEMA: string;
  readonly name: string;
  readonly media_references: {
    readonly DEFAULT_MEDIA: {
      readonly target_url: string;
      readonly available_range: { readonly start_time: OtioTime; readonly duration: OtioTime };
    };
  };
}

interface OtioFile {
  readonly tracks: { readonly children: readonly { readonly kind: string; readonly children: readonly OtioClip[] }[] };
}

// A rate is a double there; these are the only ones that are no whole number.
const doubles = [24, 30, 48, 60].map((n) => ({ double: (n * 1000) / 1001, rate: `${n * 1000}/1001` }));
const rateOf = ({ rate }: OtioTime) => doubles.find(({ double }) => double === rate)?.rate ?? String(rate);

/** Each with how many tracks of sound it lies on. */
export function otioMedia(path: string): MediaByPath {
  const { tracks } = JSON.parse(readFileSync(path, "utf8")) as OtioFile;
  const items = (kind: string) => tracks.children.filter((track) => track.kind === kind).flatMap(({ children }) => children);
  const clips = (kind: string) => items(kind).filter(({ OTIO_SCHEMA }) => OTIO_SCHEMA.startsWith("Clip."));
  const urlOf = ({ media_references }: OtioClip) => media_references.DEFAULT_MEDIA.target_url;
  const sounds = clips("Audio").map(urlOf);
  return new Map(
    clips("Video").map((clip) => {
      const { start_time, duration } = clip.media_references.DEFAULT_MEDIA.available_range;
      const tracksOfSound = sounds.filter((url) => url === urlOf(clip)).length;
      const facts = { rate: rateOf(start_time), start: start_time.value, frames: duration.value, more: { tracksOfSound } };
      return [fileURLToPath(urlOf(clip)), facts] as const;
    }),
  );
}

export function expectedInOtio({ rate, start, frames, sounds }: RawFacts): ReadMedia {
  return { rate, start, frames, more: { tracksOfSound: sounds.length } };
}

// --- FCPXML -------------------------------------------------------------------------------------------------------

const secondsOf = (element: XmlElement, name: string) => exact(element.attributes[name]?.replace(/s$/, "") ?? "");

export function fcpxmlMedia(path: string): MediaByPath {
  const root = readXml(readFileSync(path, "utf8"));
  const formats = new Map(all(root, "format").map((format) => [format.attributes.id, format]));
  const clips = all(root, "spine").flatMap((spine) => at(spine, "asset-clip"));
  return new Map(
    all(root, "asset").map((asset) => {
      const { id, format, hasAudio, audioSources, audioChannels, audioRate } = asset.attributes;
      const { frameDuration, id: _, ...picture } = formats.get(format)?.attributes ?? {};
      const { num, den } = exact(frameDuration?.replace(/s$/, "") ?? "");
      const rate = { num: den, den: num };
      const facts = {
        rate: rateText(rate),
        start: framesOf(secondsOf(asset, "start"), rate),
        frames: framesOf(secondsOf(asset, "duration"), rate),
        more: {
          picture,
          sound: [hasAudio, audioSources, audioChannels, audioRate],
          tcFormat: clips.find(({ attributes }) => attributes.ref === id)?.attributes.tcFormat,
        },
      };
      const [rep] = at(asset, "media-rep");
      return [fileURLToPath(rep?.attributes.src ?? ""), facts] as const;
    }),
  );
}

export function expectedInFcpxml({ rate, start, frames, label, size, scan, pixels, sounds, hertz }: RawFacts): ReadMedia {
  const [paspH, paspV] = pixels.split(":");
  const [width, height] = size.map(String);
  const channels = sounds.reduce((sum, each) => sum + each, 0);
  const picture = {
    width,
    height,
    ...(scan === undefined ? {} : { fieldOrder: `${scan} first` }),
    ...(paspH === paspV ? {} : { paspH, paspV }),
  };
  const sound = sounds.length === 0 ? Array(4).fill(undefined) : ["1", String(sounds.length), String(channels), hertz];
  return { rate, start, frames, more: { picture, sound, tcFormat: label.includes(";") ? "DF" : "NDF" } };
}

// --- Final Cut Pro 7 XML ------------------------------------------------------------------------------------------

function timebaseRate(element: XmlElement): string {
  const timebase = textAt(element, "rate/timebase");
  return textAt(element, "rate/ntsc") === "TRUE" ? rateText(exact(`${timebase}000/1001`)) : timebase;
}

export function fcp7Media(path: string): MediaByPath {
  const files = all(readXml(readFileSync(path, "utf8")), "file").filter(({ children }) => children.length > 0);
  return new Map(
    files.map((file) => {
      const texts = (place: string) => at(file, place).map(({ text }) => text);
      const picture = ["width", "height", "fielddominance", "pixelaspectratio", "anamorphic"].map((name) =>
        textAt(file, `media/video/samplecharacteristics/${name}`),
      );
      const facts = {
        rate: timebaseRate(file),
        start: Number(textAt(file, "timecode/frame")),
        frames: Number(textAt(file, "duration")),
        sounds: texts("media/audio/channelcount").map(Number),
        more: {
          picture,
          label: textAt(file, "timecode/string"),
          labels: textAt(file, "timecode/displayformat"),
          hertz: [...new Set(texts("media/audio/samplecharacteristics/samplerate"))],
        },
      };
      return [fileURLToPath(textAt(file, "pathurl")), facts] as const;
    }),
  );
}

// Apple's words for shapes of pixels, and whether the lines of 4:3 hold 16:9.
const words: Readonly<Record<string, readonly [string, string]>> = {
  "1:1": ["square", "FALSE"],
  "16:15": ["PAL-601", "FALSE"],
  "64:45": ["PAL-601", "TRUE"],
  "4:3": ["HD-(1440x1080)", "FALSE"],
};

export function expectedInFcp7(facts: RawFacts): ReadMedia {
  const { rate, start, frames, label, size, scan, pixels, sounds, hertz } = facts;
  const picture = [...size.map(String), scan ?? "none", ...(words[pixels] ?? [])];
  const labels = label.includes(";") ? "DF" : "NDF";
  return { rate, start, frames, sounds, more: { picture, label, labels, hertz: hertz === undefined ? [] : [hertz] } };
}

// --- EDL ----------------------------------------------------------------------------------------------------------

/** The source label of each event's in-point, by the name in its comment. */
export function edlLabels(path: string): ReadonlyMap<string, string> {
  const events = readFileSync(path, "utf8").matchAll(/^\d{3} {2}\S+ +V +C +(\S+) .*\r\n\* FROM CLIP NAME: (.*)\r$/gm);
  return new Map([...events].map(([, label = "", name = ""]) => [name, label]));
}
