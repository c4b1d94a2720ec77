import { type Plan, type Timeline, timelineEnd } from "../model/timeline.js";
import { browserClip, tcFormatOf } from "./fcpxml-clip.js";
import { keywordOf, nameOf } from "./fcpxml-names.js";
import { Resources } from "./fcpxml-resources.js";
import { spine } from "./fcpxml-spine.js";
import { frameLengthOf, timeOf } from "./fcpxml-time.js";
import type { Writer } from "./writer.js";
import { element, type Shell, shell, xmlDocument } from "./xml.js";

/**
 * FCPXML (Apple, "FCPXML Reference"): one event with a browser clip per media file, a project per timeline and a
 * keyword collection per person. Version 1.10 is what DaVinci Resolve 18.5 and Final Cut Pro 10.6 and later read.
 */
export const fcpxml: Writer = {
  id: "fcpxml",
  label: "FCPXML",
  extension: ".fcpxml",
  leavesOut: ["marker colours (the format has none)", "which channels of sound each stream has (only how many of both)"],
  write: (plan, baseNames) => [{ name: `${baseNames[0]}.fcpxml`, chunks: xmlDocument(documentOf(plan)) }],
};

function documentOf(plan: Plan): Shell {
  const resources = new Resources(plan);
  const event = shell("event", { name: nameOf(plan.name) }, [
    (depth) => browserClips(depth, resources),
    ...plan.timelines.map((timeline) => project(timeline, resources)),
    (depth) => keywordCollections(depth, plan),
  ]);
  return shell("fcpxml", { version: "1.10" }, [
    shell("resources", {}, [(depth) => resources.elements(depth)]),
    // Resolve takes a project only inside a library and an event.
    shell("library", {}, [event]),
  ]);
}

function* browserClips(depth: number, resources: Resources): Generator<string> {
  for (const asset of resources.assets) yield browserClip(depth, asset);
}

function* keywordCollections(depth: number, { people }: Plan): Generator<string> {
  for (const name of new Set(people.map(keywordOf))) yield element(depth, "keyword-collection", { name });
}

function project(timeline: Timeline, resources: Resources): Shell {
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
  const sequence = shell("sequence", attributes, [spine({ timeline, frame, resources })]);
  return shell("project", { name: nameOf(name) }, [sequence]);
}
