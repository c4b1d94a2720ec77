import type { ReadClip, ReadSound, ReadTimeline } from "../read/reading.js";
import { soundsByLink } from "./compare-timeline.js";
import type { Differences } from "./difference.js";

/**
 * FCP7 XML: every clipitem of a clip names all of them, itself included, each by its id, kind, track and place on that
 * track (Apple, "Elements Catalog", link).
 */
export function compareLinks({ clips, sounds }: ReadTimeline, differences: Differences): void {
  const places = new Map<ReadClip | ReadSound, string>([...numbered(clips, "video"), ...numbered(sounds, "audio")]);
  const bySound = soundsByLink(sounds);
  for (const clip of clips) {
    const linked = [...((clip.id === undefined ? undefined : bySound.get(clip.id)) ?? [])].sort((a, b) => a.track - b.track);
    const members = linked.length === 0 ? [] : [clip, ...linked];
    const expected = members.map((member) => places.get(member)).join(", ");
    for (const member of [clip, ...linked]) differences.compare(member.id, "links", expected, member.written.links ?? "");
  }
}

/** `clipitem-1-a2 audio 2 1 1`: id, kind, track, place on the track, and the group of sound. */
function* numbered<T extends ReadClip | ReadSound>(items: readonly T[], kind: "video" | "audio"): Generator<[T, string]> {
  const counts = new Map<number, number>();
  for (const item of items) {
    const { id, track } = item;
    const place = (counts.get(track) ?? 0) + 1;
    counts.set(track, place);
    yield [item, `${id} ${kind} ${track} ${place}${kind === "audio" ? " 1" : ""}`];
  }
}
