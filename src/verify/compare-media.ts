import type { PlannedMedia } from "../model/timeline.js";
import type { Reading, ReadMedia } from "../read/reading.js";
import { rateName, sameRate } from "../time/frame-rate.js";
import { compareFrame, compareWritten, type MediaIds } from "./compare-timeline.js";
import type { Differences } from "./difference.js";
import type { ExpectedMedia } from "./expected.js";

/** Compares the media files a file describes with those of the plan that its clips turned out to use. */
export function compareAllMedia(
  planned: readonly PlannedMedia[],
  expect: (media: PlannedMedia) => ExpectedMedia,
  { media }: Reading,
  ids: MediaIds,
  differences: Differences,
): void {
  const byId = new Map(media.map((each) => [each.id, each]));
  if (byId.size !== media.length) differences.add(undefined, "number of descriptions of media", byId.size, media.length);
  for (const each of planned) {
    const id = ids.get(each.media);
    if (id === undefined) continue;
    const found = byId.get(id);
    if (found === undefined) differences.add(each.media.fileName, "description", "a media file", undefined);
    else compareMedia(each.media.fileName, expect(each), found, differences);
  }
  const users = new Map<string, string>();
  for (const [{ fileName, mediaId }, id] of ids) {
    const other = users.get(id);
    if (other !== undefined) differences.add(fileName, "media file", "one of its own", `that of ${other}`);
    users.set(id, `${fileName} (${mediaId})`);
  }
}

function compareMedia(called: string, expected: ExpectedMedia, read: ReadMedia, to: Differences): void {
  to.compare(called, "name of the media", expected.name, read.name);
  compareUrl(called, "path", expected.url, read.files[0]?.url, to);
  compareUrl(called, "path of the other file", expected.otherUrl, read.files[1]?.url, to);
  for (const [i, path] of (expected.paths ?? []).entries()) to.compare(called, "path", path, read.files[i]?.url);
  if (expected.otherUrl === undefined && expected.paths?.length !== 2 && read.files.length > 1)
    to.add(called, "number of files", 1, read.files.length);
  if (expected.rate !== undefined && (read.rate === undefined || !sameRate(expected.rate, read.rate))) {
    to.add(called, "frame rate of the media", rateName(expected.rate), read.rate && rateName(read.rate));
  }
  compareFrame(called, "start timecode of the media", expected.start, read.start, to);
  compareFrame(called, "length of the media", expected.duration, read.duration, to);
  to.compare(called, "drop-frame of the media", expected.dropFrame, read.dropFrame);
  to.compare(called, "width of the media", expected.size?.width, read.size?.width);
  to.compare(called, "height of the media", expected.size?.height, read.size?.height);
  to.compare(called, "scan of the media", expected.scan, read.scan ?? "");
  to.compare(called, "pixel aspect of the media", expected.pixelAspect, read.pixelAspect ?? "");
  to.compare(called, "channels of sound", expected.channels, read.audio?.channels ?? 0);
  to.compare(called, "streams of sound", expected.streams, read.audio?.sources ?? 0);
  to.compare(called, "sample rate", expected.sampleRate, read.audio?.sampleRate);
  to.compare(called, "reel", expected.reel, read.reel);
  compareWritten(called, expected.written, read.written, to);
}

function compareUrl(called: string, what: string, expected: string | undefined, read: string | undefined, to: Differences): void {
  if (expected === undefined) return;
  if (read === undefined || plain(read) !== plain(expected)) to.add(called, what, expected, read);
}

/** A URL as far as programs tell it apart: `localhost` is no host, `./` no folder, and escaped characters are themselves. */
function plain(url: string): string {
  const short = url.replace(/^file:\/\/localhost\//i, "file:///").replace(/^\.\//, "");
  try {
    return decodeURIComponent(short);
  } catch {
    return short;
  }
}
