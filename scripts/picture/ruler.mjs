// The ticks of a timecode ruler: on round labels, also where drop-frame counting leaves some out.

const secondSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200];
const frameSteps = [1, 2, 5, 10];

/** Frames of the labelled ticks between two frames, so that no two are nearer than `least` frames. */
export function majorTicks(from, to, counting, least, frameOfLabel) {
  const frames = frameSteps.find((step) => step >= least && step < counting.nominal);
  if (frames !== undefined) return range(Math.ceil(from / frames) * frames, to, frames);
  const step = secondSteps.find((seconds) => seconds * counting.nominal >= least) ?? secondSteps.at(-1);
  const first = Math.floor(from / counting.nominal / step) * step;
  // Drop-frame labels run ahead of the frames: a few more seconds are looked at, and those outside left out.
  const seconds = range(first, Math.ceil(to / counting.nominal) + 120, step);
  const ticks = seconds.map((second) => frameOfSecond(second, counting, frameOfLabel));
  return ticks.filter((frame) => frame !== undefined && frame >= from && frame <= to);
}

/** The first frame of a second; in drop-frame counting most minutes begin with a later label. */
function frameOfSecond(second, counting, frameOfLabel) {
  const label = { hours: Math.floor(second / 3600), minutes: Math.floor(second / 60) % 60, seconds: second % 60, frames: 0 };
  return frameOfLabel(label, counting) ?? frameOfLabel({ ...label, frames: counting.dropped }, counting);
}

function range(from, to, step) {
  return Array.from({ length: Math.max(0, Math.floor((to - from) / step) + 1) }, (_, i) => from + i * step);
}
