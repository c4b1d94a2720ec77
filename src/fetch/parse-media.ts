import { given } from "../model/given.js";
import type { MediaInfo } from "../model/matches.js";
import type { JsonCursor } from "./json-cursor.js";
import { type Operation, openReply } from "./open-reply.js";
import type { RecordFile } from "./record-folder.js";

/** One page of SearchMediaByFace. */
export interface MediaPage {
  readonly mediaIds: readonly string[];
  /** Media assets in all pages together, as the service counts them. */
  readonly total?: number;
}

/** Reads a reply of SearchMediaByFace. Throws `wrong-reply` or `bad-reply`. */
export function parseMediaPage(file: RecordFile, value: unknown): MediaPage {
  const reply = openReply(file.path, value, "SearchMediaByFace");
  const mediaIds = reply.list("MediaInfoList", (at) => at.requireText("MediaId")) ?? [];
  return given({ mediaIds, total: reply.count("Total") });
}

/** Reads a reply of BatchGetMediaInfos or GetMediaInfo. Throws `wrong-reply` or `bad-reply`. */
export function parseMediaInfos(file: RecordFile, value: unknown, operation: Operation): MediaInfo[] {
  const reply = openReply(file.path, value, operation);
  const read = (at: JsonCursor) => mediaInfo(at, file);
  const one = reply.object("MediaInfo", read);
  return [...(one === undefined ? [] : [one]), ...(reply.list("MediaInfos", read) ?? [])];
}

function mediaInfo(at: JsonCursor, file: RecordFile): MediaInfo {
  const basic = at.object("MediaBasicInfo", basicInfo);
  const source = sourceFile(at.list("FileInfoList", fileInfo) ?? []);
  return given({
    mediaId: at.requireText("MediaId"),
    title: basic?.title,
    mediaType: basic?.mediaType,
    ...source,
    inputUrl: basic?.inputUrl ?? source?.inputUrl,
    place: `${file.name} ${at.path}`,
  });
}

function basicInfo(at: JsonCursor) {
  return {
    title: at.text("Title"),
    inputUrl: withoutSecrets(at.text("InputURL")),
    // Lower case in the vendor's examples, capitalised in its list of values.
    mediaType: at.text("MediaType")?.toLowerCase(),
  };
}

type FileFacts = Omit<MediaInfo, "mediaId" | "place">;

/** FileInfoList may hold other files than the one that was registered, such as transcoded ones. */
function sourceFile(files: readonly { fileType: string | undefined; facts: FileFacts }[]): FileFacts | undefined {
  return (files.find((file) => file.fileType === "source_file") ?? files[0])?.facts;
}

function fileInfo(at: JsonCursor) {
  const file = at.object("FileBasicInfo", fileBasicInfo);
  const video = at.list("VideoStreamInfoList", videoStream)?.[0];
  const facts: FileFacts = given({
    inputUrl: file?.url,
    fileName: file?.fileName,
    fps: video?.fps,
    numFrames: video?.numFrames,
    duration: video?.duration ?? file?.duration,
    size: turned(video?.size ?? file?.size, video?.rotate),
    audio: allSound(at.list("AudioStreamInfoList", audioStream)),
  });
  return { fileType: file?.fileType, facts };
}

function fileBasicInfo(at: JsonCursor) {
  return {
    fileType: at.text("FileType"),
    fileName: at.text("FileName"),
    url: withoutSecrets(at.text("FileUrl")),
    duration: seconds(at),
    size: size(at),
  };
}

function videoStream(at: JsonCursor) {
  return {
    fps: frameRate(at, "Fps") ?? frameRate(at, "AvgFPS"),
    numFrames: positiveWhole(at, "NumFrames") ?? positiveWhole(at, "Nb_frames"),
    duration: seconds(at),
    size: size(at),
    rotate: fact(at, "Rotate"),
  };
}

function audioStream(at: JsonCursor) {
  return { channels: positiveWhole(at, "Channels") ?? 0, sampleRate: positiveWhole(at, "SampleRate") };
}

const usualSampleRate = 48000;

/** No channels when the service says that there is no sound; undefined when it says nothing. */
function allSound(streams: ReturnType<typeof audioStream>[] | undefined): MediaInfo["audio"] {
  if (streams === undefined) return undefined;
  const heard = streams.map(({ channels }) => channels).filter((channels) => channels > 0);
  const channels = heard.reduce((sum, each) => sum + each, 0);
  return { channels, sampleRate: streams[0]?.sampleRate ?? usualSampleRate, streams: heard };
}

// Width and Height are taken as those before turning, which is how ffprobe, whose field names these are, gives
// them; the vendor does not say.
function turned(shape: MediaInfo["size"], degrees = 0): MediaInfo["size"] {
  if (shape === undefined || Math.abs(degrees) % 180 !== 90) return shape;
  return { width: shape.height, height: shape.width };
}

/** In media information a number is text, and blank text when it is not known. */
function fact(at: JsonCursor, key: string): number | undefined {
  return at.text(key) === undefined ? undefined : at.number(key);
}

/** Undefined for zero too: that is no size and no count of frames, but a value that was not found out. */
function positiveWhole(at: JsonCursor, key: string): number | undefined {
  const value = fact(at, key);
  return value !== undefined && value > 0 && Number.isSafeInteger(value) ? value : undefined;
}

function seconds(at: JsonCursor): string | undefined {
  const value = fact(at, "Duration");
  return value !== undefined && value > 0 ? String(value) : undefined;
}

function size(at: JsonCursor): MediaInfo["size"] {
  const [width, height] = [positiveWhole(at, "Width"), positiveWhole(at, "Height")];
  return width === undefined || height === undefined ? undefined : { width, height };
}

/** A decimal in every example of the vendor's; a fraction is understood too. */
function frameRate(at: JsonCursor, key: string): string | undefined {
  const text = at.text(key);
  if (text !== undefined && /^\d+\/\d+$/.test(text)) return /^0+\/|\/0+$/.test(text) ? undefined : text;
  const value = fact(at, key);
  return value !== undefined && value > 0 ? String(value) : undefined;
}

/** The URL without query and user: a signed query opens the file to anybody who reads it. */
function withoutSecrets(url: string | undefined): string | undefined {
  return url?.replace(/\?.*$/s, "").replace(/^([a-z][\w+.-]*:\/\/)[^/@]*@/i, "$1");
}
