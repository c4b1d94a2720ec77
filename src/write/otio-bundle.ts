import type { MediaFacts } from "../model/media.js";
import { type Clip, changedClip, type Plan } from "../model/timeline.js";
import type { Dialect } from "./dialect.js";
import { type Format, formats } from "./formats.js";
import { otio } from "./otio.js";
import type { Bundle, BundledFile, OutputFile, Writer } from "./writer.js";

/**
 * OpenTimelineIO bundles: the timeline beside its media, in a zip file or a folder (OpenTimelineIO, "File Bundles").
 * Local media are copied in and pointed to by relative paths, not escaped; all others stay where they are.
 */
export const otioz = bundleWriter(formats.otioz, "zip");
export const otiod = bundleWriter(formats.otiod, "folder");

function bundleWriter(format: Format, kind: Bundle["kind"]): Writer {
  const write = (plan: Plan, baseNames: readonly string[], dialect: Dialect): OutputFile[] => {
    const { plan: inside, media } = bundled(plan);
    return otio.write(inside, baseNames, bundleDialect(dialect)).map(({ name, chunks }, i) => {
      const shown = shownBy(inside, i);
      const ofTimeline = media.filter(({ name }) => shown.has(name));
      return { name: name.replace(/\.otio$/, format.extension), chunks, bundle: { kind, media: ofTimeline } };
    });
  };
  return { ...format, write };
}

/** Relative names are not escaped in a bundle, whatever the dialect says of paths. */
export function bundleDialect(dialect: Dialect): Dialect {
  return { ...dialect, otio: { ...dialect.otio, paths: "plain" } };
}

/** A plan whose local media lie in the bundle, and which files those are. */
export function bundled(plan: Plan): { readonly plan: Plan; readonly media: readonly BundledFile[] } {
  const files = new Map<string, BundledFile>();
  const names = new Set<string>();
  const moved = new Map<MediaFacts, MediaFacts>();
  for (const { media } of plan.media) {
    if (!isLocal(media)) continue;
    const file = files.get(media.url) ?? { name: `media/${unusedName(media.url, names)}`, url: media.url };
    files.set(media.url, file);
    moved.set(media, { ...media, url: file.name.split("/").map(encodeURIComponent).join("/") });
  }
  const inside = (media: MediaFacts) => moved.get(media) ?? media;
  const clip = (one: Clip) => changedClip(one, { media: inside(one.media) });
  const timelines = plan.timelines.map((timeline) => ({
    ...timeline,
    tracks: timeline.tracks.map((track) => ({ ...track, clips: track.clips.map(clip) })),
  }));
  const media = plan.media.map((planned) => ({ ...planned, media: inside(planned.media) }));
  return { plan: { ...plan, timelines, media }, media: [...files.values()] };
}

const absent: ReadonlySet<string> = new Set(["missing-file", "unseen-file", "unreadable-file"]);

/** A file that is there, as far as anybody has looked. */
function isLocal({ url, doubts = [] }: MediaFacts): boolean {
  const isAbsent = doubts.some(({ code }) => absent.has(code));
  return /^file:/i.test(url) && !isAbsent;
}

/** The file's own name; bundles take no two of one name, whatever their case. */
function unusedName(url: string, names: Set<string>): string {
  const plain = decodeURIComponent(url.slice(url.lastIndexOf("/") + 1));
  const dot = plain.lastIndexOf(".") > 0 ? plain.lastIndexOf(".") : plain.length;
  let name = plain;
  for (let n = 2; names.has(name.toLowerCase()); n++) name = `${plain.slice(0, dot)}-${n}${plain.slice(dot)}`;
  names.add(name.toLowerCase());
  return name;
}

/** Names of the bundle's media that a timeline shows: each bundle holds its own. */
function shownBy({ timelines }: Plan, index: number): ReadonlySet<string> {
  const clips = timelines[index]?.tracks.flatMap(({ clips: some }) => some) ?? [];
  return new Set(clips.map(({ media }) => media.url.split("/").map(decodeURIComponent).join("/")));
}
