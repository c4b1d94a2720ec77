import type { ClosedElement, OpenElement } from "../read/read-options.js";
import type { Fault, Watcher } from "./rule.js";

/** Where something lies on a timeline: kind of track, which of them, which clip on it. Numbers count from 1. */
interface ItemPlace {
  readonly kind: string;
  readonly track: number;
  readonly clip: number;
}

interface Link {
  readonly id: string;
  readonly place: string;
  /** What the link says of the clipitem, as it is written. */
  readonly said: Readonly<Record<"mediatype" | "trackindex" | "clipindex", string | undefined>>;
}

// Premiere's exports count transitions among the clips of a track.
const onTracks = new Set(["clipitem", "generatoritem", "transitionitem"]);

/** Whether links say rightly where the clipitems are that they name. */
export function linkWatcher(): Watcher {
  const places = new Map<string, ItemPlace>();
  const links: Link[] = [];
  const tracks = new WeakMap<OpenElement, number>();
  const count = counter();
  return {
    element: (element) => {
      const { name, parent, attributes } = element;
      if (name === "track" && parent !== undefined) tracks.set(element, count(parent));
      const track = parent && tracks.get(parent);
      if (track === undefined || parent === undefined || !onTracks.has(name)) return;
      const clip = count(parent);
      if (attributes.id !== undefined) places.set(attributes.id, { kind: parent.parent?.name ?? "", track, clip });
    },
    closed: (element) => {
      if (element.name === "link") links.push(linkOf(element));
    },
    faults: function* () {
      for (const link of links) yield* linkFaults(link, places.get(link.id));
    },
  };
}

/** Counts the children of elements one by one. */
function counter(): (parent: OpenElement) => number {
  const counts = new WeakMap<OpenElement, number>();
  return (parent) => {
    const next = (counts.get(parent) ?? 0) + 1;
    counts.set(parent, next);
    return next;
  };
}

function linkOf({ children, line }: ClosedElement): Link {
  const text = (name: string) => children.find((one) => one.name === name)?.text;
  const said = { mediatype: text("mediatype"), trackindex: text("trackindex"), clipindex: text("clipindex") };
  return { id: text("linkclipref") ?? "", place: `line ${line}`, said };
}

/** That a link names nothing is another rule's, and so is a kind that is none. */
function* linkFaults({ id, place, said }: Link, found: ItemPlace | undefined): Generator<Fault> {
  if (found === undefined) return;
  const { mediatype = found.kind, trackindex = `${found.track}`, clipindex = `${found.clip}` } = said;
  const isRight = Number(trackindex) === found.track && Number(clipindex) === found.clip;
  if (isRight && (mediatype === found.kind || !/^(video|audio)$/.test(mediatype))) return;
  const where = `${mediatype} track ${trackindex}, clip ${clipindex}`.slice(0, 80);
  yield {
    place,
    what: `A link says that "${id}" is on ${where}, but it is on ${found.kind} track ${found.track}, clip ${found.clip}`,
  };
}
