import type { MediaFacts } from "../model/media.js";
import type { PlannedMedia } from "../model/timeline.js";
import { oneLine } from "../text.js";
import { rateName } from "../time/frame-rate.js";
import { timecodeOf } from "../time/timecode.js";

/** One media file: its facts, and where each came from. */
export function mediaRow({ media, extent, reel }: PlannedMedia): object {
  const { size, pixelAspect, audio } = media;
  return {
    media_id: oneLine(media.mediaId),
    file: media.fileName,
    url: media.url,
    use: media.use,
    other_url: media.otherUrl ?? null,
    rate: rateName(media.rate),
    drop_frame: media.counting.dropped > 0,
    start_timecode: timecodeOf(media.start, media.counting),
    frames: extent,
    width: size?.width ?? null,
    height: size?.height ?? null,
    pixel_aspect: pixelAspect === undefined ? null : `${pixelAspect.num}:${pixelAspect.den}`,
    scan: media.scan ?? null,
    audio: audio?.streams.join("+") ?? "none",
    reel,
    sources: sourcesRow(media.sources),
    doubts: media.doubts ?? [],
  };
}

function sourcesRow({ rate, start, duration, size, pixelAspect, scan, audio, url }: MediaFacts["sources"]): object {
  return { rate, start, duration, size, pixel_aspect: pixelAspect, scan, audio, url };
}
