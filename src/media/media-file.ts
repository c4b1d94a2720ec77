import type { MediaUse } from "../model/media.js";
import type { ProbedMedia } from "./probe.js";

/** One of the files of a media asset. */
export interface MediaFile {
  /** A path, or a URL the media map gives. */
  readonly location: string;
  /** Whether the media map gives it or it was found by its name. */
  readonly source: "media map" | "media folder";
  /** Whether it is there; absent where that cannot be seen from here. */
  readonly exists?: boolean;
  /** The path at which it can be read from here. */
  readonly path?: string;
  /** True when it was looked for in vain, since its location leads nowhere from here: another system's path, a URL. */
  readonly unseen?: boolean;
  /** The name looked for, when it was found under another extension. */
  readonly soughtName?: string;
  /** What ffprobe says of it; absent when it was not asked. */
  readonly probed?: ProbedMedia;
  /** Why ffprobe says nothing of it. */
  readonly failure?: string;
}

/** The files of one media asset, as far as they are known. */
export type FilesOfMedia = { readonly [use in MediaUse]?: MediaFile };
