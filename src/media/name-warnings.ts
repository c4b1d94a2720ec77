import type { FaceRecord } from "../model/matches.js";
import type { Warning } from "../model/warning.js";
import { count, oneLine, shown } from "../text.js";
import type { MediaFiles } from "./media-files.js";
import type { MediaMap } from "./media-map-keys.js";
import { fileNameInPath, fileNameInUrl, locationName } from "./media-url.js";

/** Names from outside that no file and no message gives as they are: somebody may want to hide something in them. */
export function nameWarnings(record: FaceRecord, files: MediaFiles, map: MediaMap | undefined): Warning[] {
  const names = new Set([...namesIn(record), ...fileNames(files), ...mapCells(map)]);
  const odd = [...names].filter((name) => oneLine(name) !== name.trim());
  if (odd.length === 0) return [];
  const told = `${odd.slice(0, mostNamed).map(shown).join(", ")}${odd.length > mostNamed ? ` and ${odd.length - mostNamed} more` : ""}`;
  const plain = `${count(odd.length, "name")} with line breaks, control characters or signs that turn the reading direction, written without them`;
  return [
    {
      code: "hidden-characters",
      what: `${plain}: ${told}`,
      plain,
      cure: "Correct them in the library or on disk; --aliases and the column name of --media-map give other names",
    },
  ];
}

const mostNamed = 3;

function* namesIn({ matches, mediaInfos }: FaceRecord): Generator<string> {
  for (const { mediaId, clips } of matches) {
    if (clips.length === 0) continue;
    const { fileName = "", inputUrl = "", title = "" } = mediaInfos.get(mediaId) ?? {};
    yield* [mediaId, fileNameInPath(fileName) ?? "", fileNameInUrl(inputUrl) ?? "", title];
    for (const { labelName = "", entityId = "", occurrences } of clips) {
      yield* [labelName, entityId];
      for (const { expression = "" } of occurrences) yield expression;
    }
  }
}

function* fileNames({ byMedia }: MediaFiles): Generator<string> {
  for (const { original, proxy } of byMedia.values())
    for (const file of [original, proxy]) if (file !== undefined) yield locationName(file.location) ?? "";
}

function* mapCells(map: MediaMap | undefined): Generator<string> {
  for (const { cells } of map?.table ?? []) yield* [cells.get("name") ?? "", cells.get("reel") ?? ""];
}
