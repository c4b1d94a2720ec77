// What a timeline file holds, drawn as an editing program shows it: tracks, clips in the colour of a person, markers, ruler.
import { nobodysColour, personColours, personOf, plain, whoIsIn } from "./person-colours.mjs";
import { majorTicks } from "./ruler.mjs";
import { escaped, fitted, label, tag, widthOf } from "./svg.mjs";

const page = { width: 1000, edge: 24, left: 64, gap: 16 };
const lane = { left: page.left, width: page.width - page.left - page.edge };
const heights = { head: 78, ruler: 34, video: 84, sound: 18, between: 5, end: 22 };
const ink = { panel: "#171a20", lane: "#20242c", rule: "#3a414d", text: "#eef1f5", quiet: "#a4adba", onClip: "#10141a" };
const fonts = "'Helvetica Neue',Helvetica,Arial,'Noto Sans','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif";

/**
 * The SVG of what was read from a file, one timeline below the other. `tools` are functions of facecut's: `timecodeOf`,
 * `frameOfLabel`, `timelineRateOf`, `oneLine`.
 */
export function drawTimelines(reading, tools) {
  const timelines = reading.timelines.filter(({ nested }) => !nested);
  const colours = personColours(timelines);
  const drawn = timelines.map((timeline) => drawTimeline(timeline, { ...tools, colours }));
  let top = 0;
  const groups = drawn.map(({ height, content }) => {
    const group = tag("g", { transform: `translate(0 ${top})` }, content);
    top += height + page.gap;
    return group;
  });
  const height = Math.max(0, top - page.gap);
  const names = timelines.map(({ name }) => tools.oneLine(name)).join(", ");
  const said = `${names}: clips in the colour of the person in them, markers as pins`;
  const root = { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${page.width} ${height}`, role: "img", "font-family": fonts };
  return `${tag("svg", root, `\n<title>${escaped(said)}</title>\n${groups.join("\n")}\n`)}\n`;
}

function drawTimeline(timeline, context) {
  const scene = { ...context, timeline, ...extentOf(timeline), ...clockOf(timeline, context) };
  const tracks = lanesOf(timeline);
  let y = heights.head + heights.ruler;
  const lanes = tracks.map((track) => {
    const drawn = drawLane(track, y, scene);
    y += heights[track.kind] + heights.between;
    return drawn;
  });
  const height = y - heights.between + heights.end;
  const panel = tag("rect", { width: page.width, height, rx: 14, fill: ink.panel });
  const pins = timeline.markers.map((marker) =>
    drawPin(marker, { top: heights.head + heights.ruler, height: heights.video }, scene),
  );
  return { height, content: [panel, drawHead(scene), drawRuler(scene, height), ...lanes, ...pins].join("\n") };
}

/** Edit lists count from midnight, and begin with their first clip. */
function extentOf({ start, clips, sounds, markers, duration = 0 }) {
  const items = [...clips, ...sounds].map(({ record }) => record);
  const points = [
    ...items.flatMap(({ start: from, end }) => [plain(from), plain(end)]),
    ...markers.map(({ record }) => plain(record)),
  ];
  const first = points.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const from = start === 0 && Number.isFinite(first) ? first : 0;
  const to = points.reduce((a, b) => Math.max(a, b), Math.max(plain(duration), from + 1));
  return { from, to, xOf: (frames) => lane.left + ((plain(frames) - from) / (to - from)) * lane.width };
}

/** Tracks of pictures, the highest first, then those of sound. */
function lanesOf({ clips, sounds }) {
  const numbers = (items) => [...new Set(items.map(({ track }) => track))].sort((a, b) => a - b);
  const of = (kind, items) =>
    numbers(items).map((track) => ({
      kind,
      name: `${kind === "video" ? "V" : "A"}${track}`,
      items: items.filter((item) => item.track === track),
    }));
  return [...of("video", clips).reverse(), ...of("sound", sounds)];
}

function drawLane({ kind, name, items }, top, scene) {
  const height = heights[kind];
  const place = { top, height };
  const back = tag("rect", { x: lane.left, y: top, width: lane.width, height, rx: 5, fill: ink.lane });
  const called = { size: 13, width: 36, x: page.edge, y: top + height / 2 + 4.5, fill: ink.quiet };
  const draw = kind === "video" ? drawClip : drawSound;
  return [back, label(name, called), ...items.map((item) => draw(item, place, scene))].join("\n");
}

function colourOf(person, { colours }) {
  return colours.get(person) ?? nobodysColour;
}

/** A clip with its name, who is in it, and its pins; all inside its own frame, so that nothing runs over. */
function drawClip(clip, { top, height }, scene) {
  const { x, width } = spanOf(clip.record, scene);
  const person = whoIsIn(clip, scene.timeline);
  const inside = { size: 13, width: width - 16, x: 8, fill: ink.onClip };
  const box = [
    tag("title", {}, escaped(toldOf(clip, person, scene))),
    tag("rect", { width, height, rx: Math.min(5, width / 3), fill: colourOf(person, scene) }),
    label(scene.oneLine(clip.name), { ...inside, y: 19, "font-weight": 600 }),
    label(scene.oneLine(person ?? ""), { ...inside, y: 36, "fill-opacity": 0.8 }),
  ];
  const frame = tag("svg", { x, y: top, width, height, overflow: "hidden" }, box.join(""));
  return [frame, ...clip.markers.map((marker) => drawPin(marker, { top, height }, scene))].join("");
}

/** What is shown where a mouse rests: all of the names, and where the clip lies. */
function toldOf({ name, record }, person, { oneLine, labelOf }) {
  const where = labelOf === undefined ? [] : [`${labelOf(plain(record.start))} to ${labelOf(plain(record.end))}`];
  return [oneLine(name), ...(person === undefined ? [] : [oneLine(person)]), ...where].join(", ");
}

/** Sound in the colour of the picture that it lies under. */
function drawSound(sound, { top, height }, scene) {
  const { x, width } = spanOf(sound.record, scene);
  const over = scene.timeline.clips.find((clip) =>
    sound.link === undefined ? plain(clip.record.start) === plain(sound.record.start) : clip.link === sound.link,
  );
  const fill = colourOf(over && whoIsIn(over, scene.timeline), scene);
  return tag("rect", { x, y: top, width, height, rx: Math.min(3, width / 3), fill, "fill-opacity": 0.55 });
}

/** A hair between neighbours, that cuts are seen; never nothing. */
function spanOf({ start, end }, { xOf }) {
  return { x: xOf(start), width: Math.max(1.5, xOf(end) - xOf(start) - 1.5) };
}

/** A marker: a stem on its frame with a head, and a band where it lasts. */
function drawPin(marker, { top, height }, scene) {
  const x = scene.xOf(marker.record);
  const [head, foot] = [top + 0.66 * height, top + height - 5];
  const long = plain(marker.duration ?? 1) > 1;
  const end = scene.xOf(plain(marker.record) + plain(marker.duration ?? 1));
  const band = long
    ? tag("rect", { x, y: head, width: Math.max(1, end - x), height: foot - head, fill: ink.onClip, "fill-opacity": 0.3 })
    : "";
  const stem = tag("path", {
    d: `M${x.toFixed(2)} ${head.toFixed(1)}V${foot.toFixed(1)}`,
    stroke: ink.onClip,
    "stroke-width": 1.5,
  });
  const fill = colourOf(personOf(marker), scene);
  return band + stem + tag("circle", { cx: x, cy: head, r: 4.5, fill, stroke: ink.onClip, "stroke-width": 1.5 });
}

/** The name, what there is of it, and whose colour is which. */
function drawHead({ timeline, colours, oneLine }) {
  const facts = factsOf(timeline);
  const room = page.width - 2 * page.edge - widthOf(facts, 14) - 24;
  const name = label(oneLine(timeline.name), { size: 20, width: room, x: page.edge, y: 38, fill: ink.text, "font-weight": 700 });
  const told = label(facts, { size: 14, width: 700, x: page.width - page.edge, y: 37, fill: ink.quiet, "text-anchor": "end" });
  return [name, told, drawLegend(colours, oneLine)].join("\n");
}

function factsOf({ clips, markers, rate, size, dropFrame }) {
  const pins = markers.length + clips.reduce((sum, clip) => sum + clip.markers.length, 0);
  const speed = rate === undefined ? [] : [`${Number((rate.num / rate.den).toFixed(3))} fps${dropFrame ? " drop-frame" : ""}`];
  const counted = [`${clips.length} clip${clips.length === 1 ? "" : "s"}`, `${pins} marker${pins === 1 ? "" : "s"}`];
  return [...counted, ...speed, ...(size === undefined ? [] : [`${size.width}×${size.height}`])].join("  ·  ");
}

const longestName = 260;

/** As many people as stand on a line; of the others, how many. */
function drawLegend(colours, oneLine) {
  const [size, y] = [14, 66];
  let x = page.edge;
  const people = [...colours];
  const entries = [];
  for (const [i, [person, colour]] of people.entries()) {
    const name = fitted(oneLine(person), size, longestName);
    const width = widthOf(name, size) + 40;
    if (x + width > page.width - page.edge - 90) {
      entries.push(label(`and ${people.length - i} more`, { size, width: 120, x, y, fill: ink.quiet }));
      break;
    }
    entries.push(
      tag("circle", { cx: x + 5, cy: y - 5, r: 5.5, fill: colour }),
      label(name, { size, width, x: x + 17, y, fill: ink.text }),
    );
    x += width;
  }
  return entries.join("");
}

const labelWidth = 112;

/** How the timecode of a timeline counts, and the label of a frame of it; nothing where an edit list was given no rate. */
function clockOf({ rate, start, dropFrame = false }, { timelineRateOf, timecodeOf }) {
  if (rate === undefined) return {};
  const counting = timelineRateOf(rate, dropFrame) ?? { nominal: rate.nominal, dropped: 0 };
  const first = Math.floor(plain(start));
  return { counting, first, labelOf: (frame) => timecodeOf(Math.max(0, first + Math.floor(frame)), counting) };
}

function drawRuler({ counting, first, labelOf, from, to, xOf, frameOfLabel }, height) {
  if (counting === undefined) return "";
  const ticks = majorTicks(first + from, first + to, counting, (labelWidth / lane.width) * (to - from), frameOfLabel);
  const y = heights.head + heights.ruler;
  return ticks
    .map((frame) => {
      const x = xOf(frame - first);
      const rule = tag("path", { d: `M${x.toFixed(2)} ${y - 9}V${height - heights.end}`, stroke: ink.rule });
      // The last label may have no room before the edge.
      const fits = x + labelWidth <= page.width;
      const text = tag("text", { x: x + 5, y: y - 10, "font-size": 12, fill: ink.quiet }, labelOf(frame - first));
      return rule + (fits ? text : "");
    })
    .join("\n");
}
