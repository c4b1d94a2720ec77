import { FacecutError, osReason } from "../errors.js";
import { readNamedFile } from "../read-file.js";
import { decodeUtf8 } from "../text.js";

/** A clip as a report lists it. */
export interface OldClip {
  readonly id: string;
  /** Absent in reports that do not tell it: then media and people are compared by name. */
  readonly subject?: string;
  readonly timeline: string;
  readonly media_id: string;
  readonly people: readonly string[];
  readonly source_in: number;
  readonly source_out: number;
  readonly record_in: string;
}

/** What an earlier export's report says of its clips. */
export interface OldReport {
  readonly name: string;
  readonly clips: readonly OldClip[];
  /** Those it left out, because still earlier exports have them. */
  readonly known?: readonly OldClip[];
  /** File names of its media, by MediaId. */
  readonly files?: ReadonlyMap<string, string>;
}

interface Written extends OldReport {
  readonly version: unknown;
  readonly media: unknown;
  readonly since: { readonly known?: unknown } | null;
}

/** Reads the report of an earlier export. Throws `bad-report`. */
export async function readReport(file: string): Promise<OldReport> {
  const bytes = await readNamedFile(file).catch((error: unknown) => {
    throw badReport(file, `The report cannot be read: ${osReason(error)}`);
  });
  const report = parsed(decodeUtf8(bytes)) as Partial<Written> | null | undefined;
  if (typeof report !== "object" || report === null || !Array.isArray(report.clips)) {
    throw badReport(file, "The file is not a conform report");
  }
  if (report.version !== 1) throw badReport(file, `The report has version ${report.version}, which this facecut does not know`);
  const known = report.since?.known ?? [];
  if (!areClips(report.clips) || !areClips(known)) throw badReport(file, "A clip in the report is not whole");
  return { name: String(report.name), clips: report.clips, known, files: fileNames(report.media) };
}

/** What is not as a report has it goes without a name: no clip hangs on that. */
function fileNames(media: unknown): Map<string, string> {
  const rows: readonly (Partial<Record<"media_id" | "file", unknown>> | null)[] = Array.isArray(media) ? media : [];
  const named = rows.map((row) => [row?.media_id, row?.file] as const);
  return new Map(named.filter((pair): pair is [string, string] => pair.every((text) => typeof text === "string")));
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

function areClips(clips: unknown): clips is readonly OldClip[] {
  return Array.isArray(clips) && clips.every(isClip);
}

function isClip(clip: Partial<OldClip> | null): boolean {
  const texts = [clip?.id, clip?.subject ?? "", clip?.timeline, clip?.media_id, clip?.record_in];
  const frames = [clip?.source_in, clip?.source_out];
  return texts.every((text) => typeof text === "string") && frames.every(Number.isSafeInteger) && Array.isArray(clip?.people);
}

function badReport(where: string, what: string): FacecutError {
  return new FacecutError("bad-report", {
    what,
    where,
    cure: "Give the .report.json that an earlier export wrote",
    option: "since",
  });
}
