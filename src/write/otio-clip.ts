import type { MediaFacts } from "../model/media.js";
import type { Clip, Marker, Person, Plan, PlannedMedia } from "../model/timeline.js";
import { lengthOf } from "../time/frame-range.js";
import type { FrameRate } from "../time/frame-rate.js";
import type { Dialect } from "./dialect.js";
import { json, list, rangeText } from "./otio-json.js";
import { plainPath } from "./plain-path.js";
import { metadataNames } from "./quirks/otio.js";
import { shownMarkers } from "./same-frame.js";

/** Clips, with the files they show and the markers on them. */

/** What all clips of one media asset say of it; put together once. */
export interface OtioMedia {
  readonly references: string;
  /** Of clips, when the media map gives one. */
  readonly reel: string | undefined;
}

export function otioMedia({ media }: Plan, dialect: Dialect["otio"]): ReadonlyMap<MediaFacts, OtioMedia> {
  const described = (planned: PlannedMedia) => ({ references: referenceTexts(planned, dialect), reel: reelOf(planned) });
  return new Map(media.map((planned) => [planned.media, described(planned)]));
}

/**
 * The reel under which an edit list knows the file: OpenTimelineIO's CMX 3600 adapter writes it into its columns as it
 * is (`_reel_from_clip`), so a longer one, or one with blanks, would shift them.
 */
function reelOf({ media, reel }: PlannedMedia): string | undefined {
  return media.reel === undefined ? undefined : reel;
}

/** The file clips point to first; beside it, when it is known, the proxy of an original or the original of a proxy. */
function referenceTexts(planned: PlannedMedia, { paths }: Dialect["otio"]): string {
  const { url, otherUrl, use, fileName } = planned.media;
  const target = (of: string) => (paths === "plain" ? plainPath(of) : of);
  const shown = `\n              "DEFAULT_MEDIA": ${referenceText(planned, fileName, target(url))}`;
  if (otherUrl === undefined) return shown;
  const key = use === "original" ? "proxy" : "original";
  return `${shown},\n              "${key}": ${referenceText(planned, key, target(otherUrl))}`;
}

function referenceText({ media, extent }: PlannedMedia, name: string, target: string): string {
  const { mediaId, reel, start, rate } = media;
  return `{
                "OTIO_SCHEMA": "ExternalReference.1",
                "name": ${json(name)},
                "metadata": ${json({ facecut: { media_id: mediaId, reel } })},
                "available_range": ${rangeText(start, extent, rate)},
                "available_image_bounds": null,
                "target_url": ${json(target)}
              }`;
}

/** What a track shows of its clips: the picture, perhaps with markers, or one stream of the sound, counted from 0. */
export interface Shown {
  readonly markers: boolean;
  readonly stream?: number;
  /** A number for each clip of the timeline, the same for its picture and its sound. */
  readonly links: ReadonlyMap<Clip, number>;
  readonly dialect: Dialect;
}

// The source range is on the timeline's grid, the available range on the media's, both in source timecode:
// otherwise positions of mixed rates fall between frames.
export function clipText(clip: Clip, rate: FrameRate, { references, reel }: OtioMedia, shown: Shown): string {
  return `{
            "OTIO_SCHEMA": "Clip.2",
            "name": ${json(clip.name)},
            "metadata": ${json(clipMetadata(clip, reel, shown))},
            "source_range": ${rangeText(clip.sourceIn.fromMidnight, lengthOf(clip.recordRange), rate)},
            "effects": [],
            "markers": [${shown.markers ? [...list("              ", clipMarkers(clip, rate, shown.dialect))].join("") : ""}],
            "enabled": true,
            "media_references": {${references}
            },
            "active_media_reference_key": "DEFAULT_MEDIA"
          }`;
}

// OTIO itself does not link sound to picture; editing programs do it by metadata of their own: one number on both parts
// of a clip.
function clipMetadata(clip: Clip, reel: string | undefined, { stream, links, dialect: { otio } }: Shown): object {
  const { id, media, people, score, expression } = clip;
  const facecut = { clip: id, people: people.map(({ name, entityId }) => ({ name, entity_id: entityId })), score, expression };
  const cmx_3600 = reel === undefined ? undefined : { reel };
  if (media.audio === undefined) return { facecut, cmx_3600 };
  const link = links.get(clip) as number;
  const group = { "Link Group ID": link, Channels: stream === undefined ? undefined : channels(media, stream) };
  return {
    facecut,
    cmx_3600,
    [metadataNames.groups]: otio.links !== "ids" ? group : undefined,
    [metadataNames.links]: otio.links !== "groups" ? { LinkID: String(link) } : undefined,
  };
}

// OTIO has no words for which stream and channels a sound is; Resolve's own exports say it so, counting both from 0.
function channels({ audio }: MediaFacts, stream: number): object[] {
  const count = audio?.streams[stream] ?? 0;
  return Array.from({ length: count }, (_, channel) => ({ "Source Channel ID": channel, "Source Track ID": stream }));
}

// A clip's markers count in the clip's own (source) time.
function* clipMarkers(clip: Clip, rate: FrameRate, dialect: Dialect): Generator<string> {
  const shift = clip.sourceIn.fromMidnight - clip.recordRange.start;
  for (const marker of shownMarkers(clip.markers, dialect.sameFrame.otio)) {
    yield markerText(marker, marker.recordFrame + shift, rate, dialect.otio);
  }
}

/** A marker on one frame, unless it lasts: one frame shows in every program, none does not. */
export function markerText(marker: Marker, start: number, rate: FrameRate, dialect: Dialect["otio"]): string {
  const { person, note } = marker;
  const { name, known } = personTexts(person);
  const comment = json(note);
  const resolve = dialect.notes ? `,"${metadataNames.groups}":{"Note":${comment}}` : "";
  const metadata = `{"facecut":{${known}${faceText(marker)}}${resolve}}`;
  const range = rangeText(start, marker.duration ?? 1, rate);
  const second = dialect.secondRange ? `, "range": ${range}` : "";
  return `{ "OTIO_SCHEMA": "Marker.2", "name": ${name}, "color": "${person.colour}", "comment": ${comment}, "metadata": ${metadata}, "marked_range": ${range}${second} }`;
}

interface PersonTexts {
  readonly name: string;
  /** What a marker's metadata say of the person. */
  readonly known: string;
}

// There are few people, and there may be millions of markers.
const textsOfPeople = new WeakMap<Person, PersonTexts>();

function personTexts(person: Person): PersonTexts {
  const known = textsOfPeople.get(person);
  if (known !== undefined) return known;
  const name = json(person.name);
  const texts = { name, known: json({ person: person.name, entity_id: person.entityId }).slice(1, -1) };
  textsOfPeople.set(person, texts);
  return texts;
}

/** The rest: part by part, since putting objects together for each would double the time. */
function faceText({ score, expression, box }: Marker): string {
  const scoreText = score === undefined ? "" : `,"score":${score}`;
  const expressionText = expression === undefined ? "" : `,"expression":${json(expression)}`;
  return scoreText + expressionText + (box === undefined ? "" : `,"box":{"x":${box.x},"y":${box.y},"w":${box.w},"h":${box.h}}`);
}
