import type { ExportSettings } from "./export-settings.js";
import { edlWarnings, fcp7Warnings, fcpxmlWarnings } from "./map/warnings.js";
import type { Clip, Plan, Timeline } from "./model/timeline.js";
import type { Warning } from "./model/warning.js";
import { count } from "./text.js";
import type { Dialect } from "./write/dialect.js";
import { whyLeftOut } from "./write/edl.js";
import { conformRateOf } from "./write/fcpxml-conform-rate.js";
import type { FormatId } from "./write/writer.js";

/** What an editor should know because a format is among the files. */
export function formatWarnings(plan: Plan, { formats, dialect }: Pick<ExportSettings, "formats" | "dialect">): Warning[] {
  const warningsOf: Readonly<Partial<Record<FormatId, () => Warning[]>>> = {
    fcpxml: () => fcpxmlWarnings(wordless(plan, dialect)),
    edl: () => listWarnings(plan, dialect),
    fcp7xml: () => fcp7Warnings(plan),
  };
  return formats.flatMap((id) => warningsOf[id]?.() ?? []);
}

/** The plan with those clips only whose rate this version of FCPXML has no word for. */
function wordless(plan: Plan, { fcpxml }: Dialect): Plan {
  const isWordless = ({ media }: Clip) => conformRateOf(media.rate, fcpxml.version) === undefined;
  const timelines = plan.timelines.map((timeline) => ({
    ...timeline,
    tracks: timeline.tracks.map((track) => ({ ...track, clips: track.clips.filter(isWordless) })),
  }));
  return { ...plan, timelines };
}

function listWarnings(plan: Plan, { edl }: Dialect): Warning[] {
  const leftOut = plan.timelines.flatMap((timeline) => leftOutWarning(timeline, whyLeftOut(timeline, edl)));
  const written = { ...plan, timelines: plan.timelines.filter((timeline) => whyLeftOut(timeline, edl) === undefined) };
  return [...leftOut, ...(written.timelines.length === 0 ? [] : edlWarnings(written))];
}

function leftOutWarning({ name, tracks, rate }: Timeline, why: ReturnType<typeof whyLeftOut>): Warning[] {
  if (why === undefined) return [];
  if (why === "overlap") {
    const what = `No EDL of "${name}" is written: clips lie one over the other, and an EDL has one track`;
    return [
      { code: "edl-left-out", what, cure: "Take another format for several tracks, or --layout per-person for a list each" },
    ];
  }
  const clips = tracks.flatMap((track) => track.clips).filter(({ media }) => media.rate.nominal !== rate.nominal);
  return [
    {
      code: "edl-left-out",
      what: `No EDL of "${name}" is written: ${count(clips.length, "clip")} of media that count other frames than ${rate.nominal} a second, which programs conform to other frames`,
      cure: "Choose another --rate or --format; or leave --template out, which writes the list in real time",
    },
  ];
}
