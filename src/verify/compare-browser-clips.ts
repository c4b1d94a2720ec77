import type { Plan, PlannedMedia } from "../model/timeline.js";
import { compareFrames } from "../read/frames.js";
import type { FrameSpan, ReadBrowserClip, Reading } from "../read/reading.js";
import { compareKeywords, type MediaIds } from "./compare-timeline.js";
import type { Differences } from "./difference.js";
import { keywordOf, legalName } from "./expect-fcpxml.js";

/** FCPXML: every media file is a clip of the browser, with a keyword over each appearance. */
export function compareBrowserClips(plan: Plan, { browserClips }: Reading, ids: MediaIds, differences: Differences): void {
  differences.compare(undefined, "number of browser clips", plan.media.length, browserClips.length);
  const byMedia = new Map(browserClips.map((clip) => [clip.media, clip]));
  for (const planned of plan.media) {
    const clip = byMedia.get(ids.get(planned.media));
    if (clip === undefined) differences.add(planned.media.fileName, "browser clip", "one", undefined);
    else compareBrowserClip(planned, clip, differences);
  }
}

function compareBrowserClip({ media, extent, appearances }: PlannedMedia, clip: ReadBrowserClip, to: Differences): void {
  const called = `browser clip of ${media.fileName}`;
  to.compare(called, "name", legalName(media.name), clip.name);
  if (clip.source === undefined || !isSpan(clip.source, media.start, media.start + extent)) {
    to.add(called, "range", `${media.start} to ${media.start + extent}`, clip.source);
  }
  const expected = appearances.map(({ person, range }) => ({
    value: keywordOf(person),
    start: media.start + range.start,
    end: media.start + range.end,
  }));
  compareKeywords(
    called,
    expected.sort((a, b) => a.start - b.start),
    clip.keywords,
    to,
  );
}

function isSpan(read: FrameSpan, start: number, end: number): boolean {
  return compareFrames(read.start, start) === 0 && compareFrames(read.end, end) === 0;
}
