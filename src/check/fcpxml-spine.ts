import { compareFrames, type Frames, framesOf, minus, plus } from "../read/frames.js";
import { storyElements } from "../read/read-fcpxml-item.js";
import type { OpenElement } from "../read/read-options.js";
import type { Fault, Watcher } from "./rule.js";

/** Whether a storyline has neither holes nor overlaps: each child begins where the one before it ends. */
export function spineWatcher(): Watcher {
  const ends = new WeakMap<OpenElement, Seconds>();
  const lengths = new Map<string, Seconds>();
  const faults: Fault[] = [];
  return {
    element: (element) => {
      const { name, attributes, parent } = element;
      if (name === "asset" && attributes.id !== undefined) lengths.set(attributes.id, secondsOf(attributes.duration));
      if (name === "spine" && parent?.name === "sequence") ends.set(element, secondsOf(parent.attributes.tcStart ?? "0s"));
      if (parent?.name !== "spine" || !storyElements.has(name)) return;
      const end = ends.get(parent);
      const offset = attributes.offset === undefined ? end : secondsOf(attributes.offset);
      const wrong = end === undefined || offset === undefined ? undefined : contradiction(offset, end);
      if (wrong)
        faults.push({ place: `line ${element.line}`, what: `The ${name} "${(attributes.name ?? "").slice(0, 60)}" ${wrong}` });
      const length = attributes.duration === undefined ? lengths.get(attributes.ref ?? "") : secondsOf(attributes.duration);
      ends.set(parent, offset !== undefined && length !== undefined ? plus(offset, length) : undefined);
    },
    faults: () => faults,
  };
}

/** Seconds, whole or as a fraction; undefined when unknown. */
type Seconds = Frames | undefined;

function secondsOf(text: string | undefined): Seconds {
  const [, num, den = "1"] = /^(-?\d{1,30})(?:\/(0*[1-9]\d{0,30}))?s$/.exec(text ?? "") ?? [];
  return num === undefined ? undefined : framesOf(BigInt(num), BigInt(den));
}

function contradiction(offset: Frames, end: Frames): string | undefined {
  const order = compareFrames(minus(offset, end), 0);
  if (order === 0) return undefined;
  return order > 0 ? "leaves a hole before it" : "begins before the one before it ends";
}
