import { type Plan, type Timeline, timelineEnd } from "../model/timeline.js";
import type { Dialect } from "./dialect.js";
import { browserClip, tcFormatOf } from "./fcpxml-clip.js";
import { keywordOf, nameOf } from "./fcpxml-names.js";
import { Resources } from "./fcpxml-resources.js";
import { spine } from "./fcpxml-spine.js";
import { frameLengthOf, timeOf } from "./fcpxml-time.js";
import { formats } from "./formats.js";
import type { Writer } from "./writer.js";
import { element, type Shell, shell, xmlDocument } from "./xml.js";

/**
 * FCPXML (Apple, "FCPXML Reference"): one event with a browser clip per media file, a project per timeline and a
 * keyword collection per person. What is written is the same in every version offered.
 */
export const fcpxml: Writer = {
  ...formats.fcpxml,
  write: (plan, baseNames, dialect) => [{ name: `${baseNames[0]}.fcpxml`, chunks: xmlDocument(documentOf(plan, dialect)) }],
};

function documentOf(plan: Plan, dialect: Dialect): Shell {
  const { version, root, browserClips: hasBrowserClips, keywordCollections: hasCollections } = dialect.fcpxml;
  const resources = new Resources(plan, dialect.fcpxml);
  const event = shell("event", { name: nameOf(plan.name) }, [
    ...(hasBrowserClips ? [(depth: number) => browserClips(depth, resources, dialect)] : []),
    ...plan.timelines.map((timeline) => project(timeline, resources, dialect)),
    ...(hasCollections ? [(depth: number) => keywordCollections(depth, plan)] : []),
  ]);
  return shell("fcpxml", { version }, [
    shell("resources", {}, [(depth) => resources.elements(depth)]),
    root === "library" ? shell("library", {}, [event]) : event,
  ]);
}

function* browserClips(depth: number, resources: Resources, { fcpxml }: Dialect): Generator<string> {
  for (const asset of resources.assets) yield browserClip(depth, asset, fcpxml);
}

function* keywordCollections(depth: number, { people }: Plan): Generator<string> {
  for (const name of new Set(people.map(keywordOf))) yield element(depth, "keyword-collection", { name });
}

function project(timeline: Timeline, resources: Resources, dialect: Dialect): Shell {
  const { name, rate, start } = timeline;
  const frame = frameLengthOf(rate);
  const attributes = {
    format: resources.formatOf(timeline),
    duration: timeOf(timelineEnd(timeline) - start, frame),
    tcStart: timeOf(start, frame),
    tcFormat: tcFormatOf(rate),
    audioLayout: "stereo",
    audioRate: "48k",
  };
  const sequence = shell("sequence", attributes, [spine({ timeline, frame, resources, dialect })]);
  return shell("project", { name: nameOf(name) }, [sequence]);
}
