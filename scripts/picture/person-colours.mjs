// Who is in a clip, as far as a file of any program tells, and the colour everybody has in the picture.

// Light enough for dark text, far enough from one another, also for most who see colours otherwise.
const palette = ["#6cc58b", "#5ab4e0", "#e0a3d8", "#e8c356", "#93a4f4", "#ee8f7d", "#b7c4cc", "#7fd6cd", "#c9ab86", "#c5d86d"];

/** What a marker names: EDL locators have all in one text (`Ada Example · score 0.99 · …`). */
export function personOf({ name }) {
  return name.split(" · ")[0];
}

/** Colours by person, in the order of appearance; the `unknown` one is for clips that name nobody. */
export function personColours(timelines) {
  const named = timelines.flatMap((timeline) => [
    ...timeline.clips.map((clip) => whoIsIn(clip, timeline)),
    ...[...timeline.markers, ...timeline.clips.flatMap(({ markers }) => markers)].map(personOf),
  ]);
  const people = [...new Set(named)].filter((name) => name !== undefined && name !== "");
  return new Map(people.map((name, i) => [name, palette[i % palette.length]]));
}

export const nobodysColour = "#9aa3ad";

/** The person a clip was cut for: its first keyword or marker, the comment of an edit list, a marker of the timeline in it. */
export function whoIsIn(clip, timeline) {
  const [keyword] = clip.keywords;
  const inside = ({ record }) => !isBefore(record, clip.record.start) && isBefore(record, clip.record.end);
  const marker = clip.markers[0] ?? timeline.markers.find(inside);
  const words = [keyword?.value, marker && personOf(marker), clip.written.COMMENT?.split(" · ")[0]];
  return words.find((word) => word !== undefined && word !== "");
}

/** Times may lie between frames; a picture is drawn, not cut. */
export function plain(frames) {
  return typeof frames === "number" ? frames : Number(frames.num) / Number(frames.den);
}

function isBefore(a, b) {
  return plain(a) < plain(b);
}
