import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A media asset with one face in it, as the service tells of it: by where it was, not by what it is. */
export interface Hit {
  readonly fileName: string;
  readonly mediaType?: string;
  /** Seconds; decimals as the service writes them. */
  readonly occurrences: readonly { readonly from: string; readonly to: string; readonly points: readonly string[] }[];
}

/** Writes a record folder: a search that found these, by signed URL. */
export function writeHits(folder: string, hits: readonly Hit[]): void {
  const write = (name: string, fields: object) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), JSON.stringify({ RequestId: "5D2C1A70", Success: "true", Code: "200", ...fields }));
  };
  for (const [i, { occurrences }] of hits.entries()) {
    const OccurrencesInfos = occurrences.map(({ from, to, points }) => ({
      StartTime: Number(from),
      EndTime: Number(to),
      TrackData: points.map((point) => ({ Timestamp: Number(point) })),
    }));
    const clip = { Score: 0.99, EntityId: "440", LabelName: "Ada", OccurrencesInfos };
    write(join("SearchMediaClipByFace", `m${i}`, "page-0001.json"), { MediaClipList: [clip], Total: 1 });
  }
  const MediaInfos = hits.map(({ fileName, mediaType = "video" }, i) => ({
    MediaId: `m${i}`,
    MediaBasicInfo: { InputURL: signedUrl(fileName), MediaType: mediaType },
  }));
  write(join("BatchGetMediaInfos", "page-0001.json"), { MediaInfos });
}

export const secret = "c2lnbmVk";

function signedUrl(fileName: string): string {
  const path = `masters/${encodeURIComponent(fileName)}`;
  return `https://example-bucket.oss-cn-shanghai.aliyuncs.com/${path}?Expires=1&Signature=${secret}`;
}

/** The parts of ffprobe's answer that tests compare with, as it gives them. */
export interface RawProbe {
  readonly streams: readonly RawStream[];
  readonly format: { readonly duration?: string; readonly tags?: Tags };
}

export interface RawStream {
  readonly codec_type: string;
  readonly avg_frame_rate: string;
  readonly nb_frames?: string;
  readonly duration?: string;
  readonly width: number;
  readonly height: number;
  readonly field_order?: string;
  readonly sample_aspect_ratio?: string;
  readonly channels: number;
  readonly sample_rate: string;
  readonly tags?: Tags;
  readonly side_data_list?: readonly { readonly rotation?: number }[];
}

type Tags = Readonly<Record<string, string | undefined>>;

/** What ffprobe says of a file. */
export function rawProbe(path: string): RawProbe {
  const asked = ["-v", "error", "-show_streams", "-show_format", "-of", "json", `file:${path}`];
  return JSON.parse(execFileSync("ffprobe", asked, { encoding: "utf8" })) as RawProbe;
}

/** The start timecode of a file: of whichever stream has one, else of the file as a whole. */
export function rawTimecode({ streams, format }: RawProbe): string | undefined {
  return streams.map(({ tags }) => tags?.timecode).find((label) => label !== undefined) ?? format.tags?.timecode;
}
