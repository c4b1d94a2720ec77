import type { OpenElement } from "../read/read-options.js";
import type { Fault, Watcher } from "./rule.js";

/** Ids and what refers to them, and the formats. */

const placeOf = ({ line }: OpenElement) => `line ${line}`;

/** Ids are XML IDs: a name, unique in the whole document whatever the element. */
export function idWatcher(): Watcher {
  const lines = new Map<string, number>();
  const faults: Fault[] = [];
  return {
    element: (element) => {
      const { id } = element.attributes;
      if (id === undefined) return;
      const before = lines.get(id);
      if (before !== undefined)
        faults.push({ place: placeOf(element), what: `The id "${id}" is taken already (line ${before})` });
      else if (!/^[\p{L}_][\p{L}\p{N}_.:-]*$/u.test(id))
        faults.push({ place: placeOf(element), what: `The id "${id}" does not begin with a letter` });
      lines.set(id, before ?? element.line);
    },
    faults: () => faults,
  };
}

const resources = new Set(["asset", "effect", "format", "media", "text-style-def"]);

/** What an element's `ref` may be; elsewhere any id will do. */
const targets: Readonly<Record<string, readonly string[]>> = {
  "asset-clip": ["asset"],
  video: ["asset", "effect"],
  audio: ["asset", "effect"],
  title: ["effect"],
  "ref-clip": ["media"],
  "mc-clip": ["media"],
  "filter-video": ["effect"],
  "filter-audio": ["effect"],
};

interface Reference {
  readonly id: string;
  readonly kinds: readonly string[] | undefined;
  readonly place: string;
  readonly from: string;
}

// Most elements have none.
const noReferences: readonly Reference[] = [];
const formatsOnly = ["format"];

function referencesOf(element: OpenElement): readonly Reference[] {
  const { name, attributes } = element;
  const { ref, format } = attributes;
  if (ref === undefined && format === undefined) return noReferences;
  const common = { place: placeOf(element), from: name };
  return [
    ...(ref === undefined ? [] : [{ id: ref, kinds: targets[name], ...common }]),
    ...(format === undefined ? [] : [{ id: format, kinds: formatsOnly, ...common }]),
  ];
}

export function referenceWatcher(): Watcher {
  const kinds = new Map<string, string>();
  const references: Reference[] = [];
  return {
    element: (element) => {
      const { id } = element.attributes;
      if (id !== undefined && resources.has(element.name) && !kinds.has(id)) kinds.set(id, element.name);
      references.push(...referencesOf(element));
    },
    faults: function* () {
      for (const { id, kinds: wanted, place, from } of references) {
        const kind = kinds.get(id);
        if (kind === undefined) yield { place, what: `${from} refers to "${id}", which is no resource` };
        else if (wanted !== undefined && !wanted.includes(kind))
          yield { place, what: `${from} refers to "${id}", which is ${kind}, not ${wanted.join(" or ")}` };
      }
    },
  };
}

/** Formats that pictures use, but that have no frame duration. */
export function frameDurationWatcher(): Watcher {
  const without = new Map<string, OpenElement>();
  const used = new Set<string>();
  return {
    element: (element) => {
      const { name, attributes } = element;
      if (name === "format" && !attributes.frameDuration && attributes.id) without.set(attributes.id, element);
      if (needsFrames(element) && attributes.format !== undefined) used.add(attributes.format);
    },
    faults: () =>
      [...without]
        .filter(([id]) => used.has(id))
        .map(([id, element]) => ({
          place: placeOf(element),
          what: `The format "${id}" has no frameDuration, but is used for moving pictures`,
        })),
  };
}

// Stills have a format without frame duration, and last no time themselves.
function needsFrames({ name, attributes }: OpenElement): boolean {
  if (name !== "asset") return name === "sequence";
  return attributes.hasVideo === "1" && !/^0(\/\d+)?s$/.test(attributes.duration ?? "0s");
}

// Apple's names (FCPXML Reference, format), with the suffixes of the rates.
const sizes =
  "720p|1080[pi]|(?:640x480|640x360|720x486|720x576|960x540|960x720|1280x1080|1440x1080|2048x1024|2048x1080|2048x1152|2048x1556|3840x2160|4096x2048|4096x2160|4096x2304|4096x3112|5120x2160)[pi]";
const appleName = new RegExp(`^FFVideoFormat(?:RateUndefined|DV\\w+|(?:${sizes})(2398|24|25|2997|30|50|5994|60)(?:_16x9)?)$`);

const suffixes: Readonly<Record<string, readonly [num: number, den: number]>> = {
  "24": [1, 24],
  "25": [1, 25],
  "30": [1, 30],
  "50": [1, 50],
  "60": [1, 60],
};

export function* formatNameFaults({ name: element, attributes, line }: OpenElement): Generator<Fault> {
  const { name, frameDuration } = attributes;
  if (element !== "format" || name === undefined) return;
  const match = appleName.exec(name);
  if (match === null) yield { place: `line ${line}`, what: `Final Cut Pro has no format "${name.slice(0, 60)}"` };
  else if (frameDuration && !name.includes("0i") && contradicts(match[1], frameDuration))
    yield { place: `line ${line}`, what: `The format "${name}" has a frameDuration of ${frameDuration}` };
}

/** Whether a whole rate in a name is another than the frame duration's; interlaced names count fields. */
function contradicts(suffix: string | undefined, frameDuration: string): boolean {
  const [, num, den = "1"] = /^(\d{1,15})(?:\/(\d{1,15}))?s$/.exec(frameDuration) ?? [];
  const whole = suffix === undefined ? undefined : suffixes[suffix];
  if (whole === undefined || num === undefined) return false;
  return BigInt(num) * BigInt(whole[1]) !== BigInt(den) * BigInt(whole[0]);
}
