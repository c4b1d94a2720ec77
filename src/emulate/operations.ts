import { sha256 } from "./acs3.js";
import { listText, memberTexts, objectText } from "./json-texts.js";
import { type Motion, type Page, pageOf } from "./paging.js";
import type { Parameters } from "./parameters.js";
import { Recent } from "./recent.js";
import type { Recording } from "./recording.js";
import { ServiceError } from "./service-error.js";

const actions = ["SearchMediaByFace", "SearchMediaClipByFace", "GetMediaInfo", "BatchGetMediaInfos"] as const;

/** The operations that are emulated. */
export type Action = (typeof actions)[number];

export function isAction(text: string): text is Action {
  return (actions as readonly string[]).includes(text);
}

/** Members of an answer as JSON texts, RequestId left out. */
type Answer = Readonly<Record<string, string>>;

const succeeded: Answer = { Success: '"true"', Code: '"200"' };
const tokensKept = 10_000;

/** The operations of ICE (version 2020-11-09) over a recording. */
export class Operations {
  readonly #recording: Recording;
  /** Digests of the FaceSearchTokens of searches made: only they have a face to look for in a media asset. */
  readonly #tokens = new Recent<true>(tokensKept);

  constructor(recording: Recording) {
    this.#recording = recording;
    const { faceSearchToken } = recording.search;
    if (faceSearchToken !== undefined) this.#tokens.set(sha256(faceSearchToken), true);
  }

  /** Throws ServiceError; `no-input` or `not-json` when the record is broken. `motion` moves listings as they are read. */
  answer(action: Action, parameters: Parameters, motion?: Motion): Promise<Answer> {
    switch (action) {
      case "SearchMediaByFace":
        return this.#searchMedia(parameters, motion);
      case "SearchMediaClipByFace":
        return this.#searchClips(parameters, motion);
      case "GetMediaInfo":
        return this.#mediaInfo(parameters);
      case "BatchGetMediaInfos":
        return this.#mediaInfos(parameters);
    }
  }

  async #searchMedia(parameters: Parameters, motion: Motion | undefined): Promise<Answer> {
    parameters.required("PersonImageUrl");
    const token = parameters.required("FaceSearchToken");
    parameters.checkWord("MediaType", ["image", "video"]);
    parameters.checkJson("CustomFilters");
    parameters.checkJson("UtcCreate");
    const page = pageOf(this.#recording.media, parameters, motion);
    this.#tokens.set(sha256(token), true);
    return listing("MediaInfoList", page);
  }

  async #searchClips(parameters: Parameters, motion: Motion | undefined): Promise<Answer> {
    const mediaId = parameters.required("MediaId");
    const isKnown = this.#tokens.get(sha256(parameters.required("FaceSearchToken"))) ?? false;
    const clips = isKnown ? await this.#recording.clips(mediaId) : [];
    return listing("MediaClipList", pageOf(clips, parameters, motion));
  }

  async #mediaInfo(parameters: Parameters): Promise<Answer> {
    const mediaId = parameters.text("MediaId");
    const inputUrl = parameters.text("InputURL");
    if (mediaId === undefined && inputUrl === undefined)
      throw new ServiceError("MissingParameter", { message: "MediaId or InputURL is mandatory for this action." });
    const { infos } = this.#recording;
    const found = mediaId ?? (await infos.mediaIdOf(inputUrl as string));
    const info = found === undefined ? undefined : await infos.get(found);
    if (info === undefined) throw new ServiceError("ResourceNotFound");
    return { MediaInfo: info };
  }

  async #mediaInfos(parameters: Parameters): Promise<Answer> {
    const mediaIds = new Set(parameters.required("MediaIds").split(",").filter(Boolean));
    parameters.wholeNumber("AuthTimeout", { usual: 3600, min: 1, max: 86_400 });
    const additions = (parameters.text("AdditionType") ?? "").split(",");
    const found: string[] = [];
    const ignored: string[] = [];
    for (const mediaId of mediaIds) {
      const info = await this.#recording.infos.get(mediaId);
      if (info === undefined) ignored.push(JSON.stringify(mediaId));
      else found.push(withAdditions(info, additions));
    }
    return { MediaInfos: listText(found), IgnoredList: listText(ignored) };
  }
}

function listing(name: string, { items, total }: Page): Answer {
  return { ...succeeded, [name]: listText(items), Total: String(total) };
}

const askedFor: ReadonlyMap<string, string> = new Map([
  ["FileInfoList", "FileInfo"],
  ["MediaDynamicInfo", "DynamicMetaData"],
]);

/** BatchGetMediaInfos tells files and dynamic metadata only to those who ask for them. */
function withAdditions(info: string, additions: readonly string[]): string {
  const told = ([key]: readonly [string, string]) => {
    const addition = askedFor.get(key);
    return addition === undefined || additions.includes(addition);
  };
  return objectText([...memberTexts(info)].filter(told));
}
