import { expect } from "vitest";
import type { MediaFacts } from "../../src/model/media.js";
import type { Plan } from "../../src/model/timeline.js";
import { dialectOf } from "../../src/write/dialect.js";
import type { FormatId } from "../../src/write/writer.js";
import { writers } from "../../src/write/writers.js";
import { type MediaOptions, media, person, plan, timeline } from "../support/plans.js";
import { at, attribute, readXml, type XmlElement } from "../support/read-xml.js";

/** Plans of a few media files, written and read back with plain parsers. */

const dialect = dialectOf({ markerPlace: { otio: "clip", fcp7xml: "timeline" } });
const ada = person("Ada");

/** A clip of each file, one after the other. */
export function planOf(...films: MediaFacts[]): Plan {
  return plan("p", timeline("t", [films.map((film) => ({ media: film, from: 0, to: 10, people: [ada] }))]));
}

/** Media without sound and with these facts. */
export function film(options: MediaOptions = {}, fileName = "m.mov"): MediaFacts {
  const { audio: _, ...silent } = media(fileName, options);
  return silent;
}

export function written(format: FormatId, of: Plan): string {
  const files = writers[format].write(of, ["cut"], dialect);
  expect(files).toHaveLength(1);
  return files.flatMap(({ chunks }) => [...chunks]).join("");
}

// biome-ignore lint/suspicious/noExplicitAny: OTIO's tree is looked into freely
export type Json = any;

export const otio = (of: Plan): Json => JSON.parse(written("otio", of));
export const fcpxml = (of: Plan): XmlElement => readXml(written("fcpxml", of));
export const fcp7xml = (of: Plan): XmlElement => readXml(written("fcp7xml", of));

export function pick(element: XmlElement | undefined, ...names: string[]): (string | undefined)[] {
  return names.map((name) => element && attribute(element, name));
}

export function texts(element: XmlElement, path: string): string[] {
  return at(element, path).map(({ text }) => text);
}
