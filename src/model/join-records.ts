import type { FaceRecord, MediaClip, MediaInfo, MediaMatches } from "./matches.js";

/**
 * Several records as one: media assets by MediaId, each clip once, told apart by its whole value (where it was read does not
 * count). What the first record says of an asset counts; later ones fill in what it left out.
 */
export function joinRecords(records: readonly FaceRecord[]): FaceRecord {
  const [only, another] = records;
  if (only !== undefined && another === undefined) return only;
  const byMedia = new Map<string, MediaMatches[]>();
  for (const matches of records.flatMap((record) => record.matches)) {
    byMedia.set(matches.mediaId, [...(byMedia.get(matches.mediaId) ?? []), matches]);
  }
  const mediaInfos = new Map<string, MediaInfo>();
  for (const info of records.flatMap((record) => [...record.mediaInfos.values()])) {
    mediaInfos.set(info.mediaId, { ...info, ...mediaInfos.get(info.mediaId) });
  }
  const notes = [...new Map(records.flatMap((record) => record.notes).map((note) => [note.what, note])).values()];
  const unfinished = records.some((record) => record.unfinished === true);
  return { matches: [...byMedia.values()].map(joined), mediaInfos, notes, unfinished };
}

function joined(all: readonly MediaMatches[]): MediaMatches {
  const clips = new Map<string, MediaClip>();
  for (const clip of all.flatMap((matches) => matches.clips)) {
    const value = wholeValue(clip);
    if (!clips.has(value)) clips.set(value, clip);
  }
  const read = all.reduce((sum, matches) => sum + matches.clips.length + matches.duplicates, 0);
  return { mediaId: (all[0] as MediaMatches).mediaId, clips: [...clips.values()], duplicates: read - clips.size };
}

function wholeValue({ score, entityId, labelName, category, occurrences }: MediaClip): string {
  const parts = occurrences.map(({ startTime, endTime, expression, trackData }) => [
    startTime,
    endTime,
    expression ?? null,
    Array.from(trackData, ({ timestamp, box }) => [timestamp, box && [box.x, box.y, box.w, box.h]]),
  ]);
  return JSON.stringify([score ?? null, entityId ?? null, labelName ?? null, category ?? null, parts]);
}
