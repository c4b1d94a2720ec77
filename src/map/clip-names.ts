import { FacecutError } from "../errors.js";
import { type Clip, changedClip, type Plan, type Timeline } from "../model/timeline.js";
import { nearest, oneLine, shown } from "../text.js";
import { timecodeOf } from "../time/timecode.js";

/** A clip where it lies: what a name can tell of it. */
interface NamedClip {
  readonly clip: Clip;
  readonly timeline: Timeline;
  /** Its number on the timeline, from 1. */
  readonly index: number;
}

const fields = {
  person: ({ clip }) => clip.people.map(({ name }) => name).join(", "),
  file: ({ clip }) => clip.media.fileName,
  stem: ({ clip }) => clip.media.fileName.replace(/\.[^.]*$/, ""),
  index: ({ index }) => String(index),
  source_tc: ({ clip: { media, sourceRange } }) => timecodeOf(media.start + sourceRange.start, media.counting),
  record_tc: ({ clip, timeline }) => timecodeOf(clip.recordRange.start, timeline.rate),
  score: ({ clip }) => clip.score?.toFixed(2) ?? "",
  expression: ({ clip }) => clip.expression ?? "",
  media_id: ({ clip }) => clip.media.mediaId,
} as const satisfies Record<string, (named: NamedClip) => string>;

/** What stands in braces in a pattern for clip names. */
const clipNameFields = Object.keys(fields) as readonly (keyof typeof fields)[];

/** Makes a clip's name. */
export type ClipNaming = (named: NamedClip) => string;

/**
 * Reads a pattern such as `{person} {index:03} {source_tc}`: fields in braces, numbers perhaps with leading zeros. Throws
 * `bad-option` for a field that there is not, with the nearest.
 */
export function parseClipName(pattern: string): ClipNaming {
  const parts = pattern.split(/(\{[^{}]*\})/).map((part) => (/^\{.*\}$/s.test(part) ? fieldOf(part.slice(1, -1)) : plain(part)));
  return (named) => oneLine(parts.map((part) => part(named)).join("")) || named.clip.media.fileName;
}

function plain(text: string): ClipNaming {
  if (!/[{}]/.test(text)) return () => text;
  throw badName("A brace stands alone", `Write fields as {person}; there are ${fieldList()}`);
}

function fieldOf(text: string): ClipNaming {
  const [, word = "", digits] = /^\s*(\w*)\s*(?::0?(\d))?\s*$/.exec(text) ?? [];
  const name = clipNameFields.find((field) => field === word.toLowerCase());
  if (name === undefined) throw unknownField(text);
  if (digits === undefined) return fields[name];
  if (name !== "index") throw badName(`{${name}} is not a number, so it has no leading zeros`, `Write {${name}}, or {index:03}`);
  return (named) => fields[name](named).padStart(Number(digits), "0");
}

function unknownField(text: string): FacecutError {
  const near = nearest(text.split(":", 1)[0] as string, clipNameFields);
  const cure = `${near === undefined ? "" : `Did you mean {${near}}? `}There are ${fieldList()}`;
  return badName(`A clip has no field ${shown(text)}`, cure);
}

function fieldList(): string {
  return clipNameFields.map((field) => `{${field}}`).join(" ");
}

function badName(what: string, cure: string): FacecutError {
  return new FacecutError("bad-option", { what, cure, option: "clipName" });
}

/** The plan with every clip named anew. */
export function nameClips(plan: Plan, naming: ClipNaming): Plan {
  const timelines = plan.timelines.map((timeline) => {
    // Numbers run in record order, over all tracks.
    const inOrder = timeline.tracks.flatMap(({ clips }) => clips).sort((a, b) => a.recordRange.start - b.recordRange.start);
    const numbers = new Map(inOrder.map((clip, i) => [clip, i + 1]));
    const named = (clip: Clip) => changedClip(clip, { name: naming({ clip, timeline, index: numbers.get(clip) as number }) });
    return { ...timeline, tracks: timeline.tracks.map((track) => ({ ...track, clips: track.clips.map(named) })) };
  });
  return { ...plan, timelines };
}
