/**
 * What Apple's document type definitions (FCPXML 1.8 to 1.14) allow for the elements of cut lists. Attributes: `!` is
 * required, `>9` since version 1.9, `<8` up to 1.8. Children in their order: `?` at most one, `*` any number, `+` at least
 * one, nothing exactly one; `|` between those that mix freely, `^` between those that do not stand beside one another.
 */
export interface ElementRow {
  readonly attributes: string;
  readonly children: string;
}

/** Minor versions with a row here; structure of older ones is not judged. */
export const judgedVersions = { first: 8, last: 14 };

const anchored = "lane offset";
const clip = `${anchored} name start enabled`;
const split = "audioStart audioDuration";
const clipTimecode = "tcStart tcFormat";
const source = "format! duration tcStart tcFormat renderFormat";
const time = "start duration";

const timing = "conform-rate? timeMap?";
const picture =
  "object-tracker>10? adjust-crop? adjust-corners? adjust-conform? adjust-transform? adjust-blend? adjust-stabilization? adjust-rollingShutter? adjust-360-transform? adjust-reorient? adjust-orientation? adjust-cinematic>10? adjust-colorConform>11? adjust-stereo-3D>13?";
const sound = "adjust-volume? adjust-panner?";
const clips = "audio|video|clip|title|mc-clip|ref-clip|sync-clip|asset-clip|audition|live-drawing>11";
const anchors = `${clips}|caption|spine*`;
const inside = `${clips}|gap|caption|spine*`;
const marks = "marker|chapter-marker|rating|keyword|analysis-marker|hidden-clip-marker>13*";
const filters = "filter-video|filter-video-mask*";
const items = "clip|audition|mc-clip|ref-clip|sync-clip|asset-clip|collection-folder|keyword-collection|smart-collection|project";

/** By element; what is not here is not judged. */
export const elementRows: Readonly<Record<string, ElementRow>> = {
  fcpxml: { attributes: "version!", children: `import-options? resources? library?^event*^${items}*` },
  resources: { attributes: "", children: "asset|effect|format|media|locator>10*" },
  library: { attributes: "location colorProcessing", children: "event|smart-collection*" },
  event: { attributes: "name uid", children: `${items}*` },
  project: { attributes: "name uid id modDate", children: "sequence" },
  format: {
    attributes: "id! name frameDuration fieldOrder width height paspH paspV colorSpace projection stereoscopic heroEye>13",
    children: "",
  },
  asset: {
    attributes:
      "id! name uid src!<8 start duration hasVideo format hasAudio videoSources>9 audioSources audioChannels audioRate customLUTOverride colorSpaceOverride projectionOverride stereoscopicOverride auxVideoFlags>10 heroEyeOverride>13",
    children: "bookmark<8? media-rep>9+ metadata?",
  },
  "media-rep": { attributes: "kind sig src! suggestedFilename", children: "bookmark?" },
  effect: { attributes: "id! name uid! src", children: "" },
  metadata: { attributes: "", children: "md*" },
  md: { attributes: "key! value editable type displayName description source", children: "array?" },
  sequence: { attributes: `${source} audioLayout audioRate keywords`, children: "note? spine metadata?" },
  spine: { attributes: `${anchored} name format`, children: `${clips}|gap|transition*` },
  audition: {
    attributes: `${anchored} modDate`,
    children: "audio|video|title|ref-clip|asset-clip|clip|sync-clip|live-drawing>11+",
  },
  "asset-clip": {
    attributes: `ref! ${clip} duration srcEnable ${split} format ${clipTimecode} modDate audioRole videoRole`,
    children: `note? ${timing} ${picture} ${sound} ${anchors} ${marks} audio-channel-source* ${filters} filter-audio* metadata?`,
  },
  clip: {
    attributes: `${clip} duration! format ${split} ${clipTimecode} modDate`,
    children: `note? ${timing} ${picture} ${sound} ${inside} ${marks} audio-channel-source* ${filters} filter-audio* metadata?`,
  },
  "sync-clip": {
    attributes: `${clip} duration! format ${split} ${clipTimecode} modDate`,
    children: `note? ${timing} ${picture} ${sound} ${inside} ${marks} sync-source* ${filters} filter-audio* metadata?`,
  },
  "ref-clip": {
    attributes: `ref! ${clip} duration! srcEnable ${split} useAudioSubroles modDate`,
    children: `note? ${timing} ${picture} ${sound} ${anchors} ${marks} audio-role-source* ${filters} filter-audio* metadata?`,
  },
  "mc-clip": {
    attributes: `ref! ${clip} duration! srcEnable ${split} modDate`,
    children: `note? ${timing} ${sound} mc-source* ${anchors} ${marks} filter-audio* metadata?`,
  },
  audio: {
    attributes: `ref! ${clip} duration! srcID role srcCh outCh`,
    children: `note? ${timing} adjust-volume? ${anchors} ${marks} filter-audio*`,
  },
  video: {
    attributes: `ref! ${clip} duration! srcID role`,
    children: `param* note? ${timing} ${picture} ${anchors} ${marks} ${filters} reserved?`,
  },
  title: {
    attributes: `ref! ${clip} duration! role`,
    children: `param* text* text-style-def* note? ${picture} ${anchors} ${marks} ${filters} metadata?`,
  },
  gap: { attributes: "name offset start duration! enabled", children: `note? ${anchors} ${marks} metadata?` },
  transition: {
    attributes: "name offset duration!",
    children: `filter-video? filter-audio? ${marks} metadata? reserved?`,
  },
  "conform-rate": { attributes: "scaleEnabled srcFrameRate frameSampling", children: "" },
  timeMap: { attributes: "frameSampling preservesPitch", children: "timept*" },
  timept: { attributes: "time! value! interp inTime outTime", children: "" },
  marker: { attributes: "start! duration value! completed note", children: "" },
  "chapter-marker": { attributes: "start! duration value! note posterOffset", children: "" },
  rating: { attributes: `name ${time} value! note`, children: "" },
  keyword: { attributes: `${time} value! note`, children: "" },
  "keyword-collection": { attributes: "name!", children: "" },
  "collection-folder": { attributes: "name!", children: "collection-folder|keyword-collection|smart-collection*" },
  "adjust-conform": { attributes: "type", children: "" },
  "adjust-transform": { attributes: "enabled position scale rotation anchor tracking>10", children: "param*" },
  "adjust-volume": { attributes: "amount", children: "param*" },
  note: { attributes: "", children: "" },
};

const yesOrNo = "0 1";
const timecodes = "DF NDF";
const enable = "all audio video";

/** Attributes that take one of a few words, by `element@attribute`, or by `@attribute` for all elements in the table. */
export const valueRows: Readonly<Record<string, string>> = {
  "@enabled": yesOrNo,
  "@tcFormat": timecodes,
  "@srcEnable": enable,
  "sequence@audioLayout": "mono stereo surround",
  "sequence@audioRate": "32k 44.1k 48k 88.2k 96k 176.4k 192k",
  "media-rep@kind": "original-media proxy-media",
  "conform-rate@scaleEnabled": yesOrNo,
  "conform-rate@srcFrameRate": "23.98 24 25 29.97 30 60 47.95 48 50 59.94 90>13 100>13 119.88>13 120>13",
  "conform-rate@frameSampling": "floor nearest-neighbor frame-blending optical-flow-classic optical-flow optical-flow-frc>12",
  "timeMap@preservesPitch": yesOrNo,
  "timept@interp": "smooth2 linear smooth",
  "rating@value": "favorite reject",
  "adjust-conform@type": "fit fill none",
  "md@editable": yesOrNo,
  "md@type": "string boolean integer float date timecode",
};

/** A word of a row with its version bound, as `media-rep>9`; undefined when this minor version does not have it. */
export function inVersion(word: string, minor: number): string | undefined {
  const [, name = "", bound, version] = /^([^<>]+)(?:([<>])(\d+))?$/.exec(word) ?? [];
  const isThere = bound === undefined || (bound === ">" ? minor >= Number(version) : minor <= Number(version));
  return isThere ? name : undefined;
}
