import { existsSync } from "node:fs";
import { join } from "node:path";
import { elementTexts, memberTexts } from "./json-texts.js";
import { Recent } from "./recent.js";
import { namesIn, pagesIn, readJsonObject } from "./record-files.js";

/** Where a media asset's information stands: a reply, and which of those in it. */
interface Place {
  readonly path: string;
  readonly index: number;
}

interface Index {
  readonly byMediaId: ReadonlyMap<string, Place>;
  readonly byInputUrl: ReadonlyMap<string, string>;
}

/** A client asks for media in about the order they were recorded in. */
const repliesKept = 8;

/** What the record's replies of BatchGetMediaInfos and GetMediaInfo say of media assets, as JSON texts. */
export class MediaInfos {
  readonly #folder: string;
  readonly #replies = new Recent<Promise<string[]>>(repliesKept);
  #index: Promise<Index> | undefined;

  /** `folder` is the record folder. Nothing is read yet. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What the record says of a media asset; undefined when it says nothing. Throws `no-input` or `not-json`. */
  async get(mediaId: string): Promise<string | undefined> {
    const place = (await this.#placed()).byMediaId.get(mediaId);
    return place === undefined ? undefined : (await this.#infosOf(place.path))[place.index];
  }

  /** The MediaId of the asset registered under a URL, whose query does not count. */
  async mediaIdOf(inputUrl: string): Promise<string | undefined> {
    return (await this.#placed()).byInputUrl.get(withoutQuery(inputUrl));
  }

  #placed(): Promise<Index> {
    this.#index ??= this.#readIndex();
    this.#index.catch(() => {
      this.#index = undefined;
    });
    return this.#index;
  }

  async #readIndex(): Promise<Index> {
    const byMediaId = new Map<string, Place>();
    const byInputUrl = new Map<string, string>();
    for (const path of await this.#paths()) {
      for (const [index, info] of infosIn(await readJsonObject(path)).entries()) {
        const { mediaId, inputUrl } = identity(info);
        // As when the record is read for timelines, the first reply that names an asset counts.
        if (mediaId === undefined || byMediaId.has(mediaId)) continue;
        byMediaId.set(mediaId, { path, index });
        if (inputUrl !== undefined) byInputUrl.set(withoutQuery(inputUrl), mediaId);
      }
    }
    return { byMediaId, byInputUrl };
  }

  async #paths(): Promise<string[]> {
    const single = join(this.#folder, "GetMediaInfo");
    const names = existsSync(single) ? (await namesIn(single)).filter((name) => /\.json$/i.test(name)) : [];
    return [...(await pagesIn(join(this.#folder, "BatchGetMediaInfos"))), ...names.map((name) => join(single, name))];
  }

  #infosOf(path: string): Promise<string[]> {
    const known = this.#replies.get(path);
    if (known !== undefined) return known;
    const infos = readJsonObject(path).then(infosIn);
    this.#replies.set(path, infos);
    infos.catch(() => this.#replies.delete(path));
    return infos;
  }
}

/** A reply of BatchGetMediaInfos has MediaInfos, one of GetMediaInfo one MediaInfo. */
function infosIn(reply: string): string[] {
  const members = memberTexts(reply);
  const one = members.get("MediaInfo");
  const list = members.get("MediaInfos");
  return [...(list?.startsWith("[") ? elementTexts(list) : []), ...(one?.startsWith("{") ? [one] : [])];
}

function identity(info: string): { mediaId: string | undefined; inputUrl: string | undefined } {
  const members = memberTexts(info);
  const basic = memberTexts(members.get("MediaBasicInfo") ?? "{}");
  return { mediaId: textOf(members.get("MediaId") ?? basic.get("MediaId")), inputUrl: textOf(basic.get("InputURL")) };
}

function textOf(json: string | undefined): string | undefined {
  const value: unknown = json === undefined ? undefined : JSON.parse(json);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function withoutQuery(url: string): string {
  return url.replace(/\?.*$/s, "");
}
