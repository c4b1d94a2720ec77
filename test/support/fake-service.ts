import { FacecutError } from "../../src/errors.js";
import type { Service } from "../../src/service/service.js";

/** A library in memory: assets, and how many clips each has. */
export interface FakeLibrary {
  readonly assets: Readonly<Record<string, number>>;
  /** Called before each answer, with a running number; may throw. */
  readonly before?: (call: number, action: string, parameters: Readonly<Record<string, unknown>>) => void | Promise<void>;
}

export interface FakeService extends Service {
  readonly asked: string[];
  readonly most: () => number;
}

/** Answers as the service does, 50 items a page, the same bytes for the same question. */
export function fakeService({ assets, before }: FakeLibrary): FakeService {
  const ids = Object.keys(assets);
  const asked: string[] = [];
  let [underWay, most] = [0, 0];
  const answer = (action: string, parameters: Readonly<Record<string, unknown>>) => {
    const page = Number(parameters.PageNo ?? 1);
    const part = <T>(list: readonly T[]) => list.slice((page - 1) * 50, page * 50);
    const head = { RequestId: `${action}-${String(parameters.MediaId ?? "")}-${page}`, Success: "true", Code: "200" };
    if (action === "SearchMediaByFace")
      return { ...head, MediaInfoList: part(ids).map((MediaId) => ({ MediaId })), Total: ids.length };
    if (action === "SearchMediaClipByFace") {
      const clips = Array.from({ length: assets[String(parameters.MediaId)] ?? 0 }, (_, i) => clipElement(i));
      return { ...head, MediaClipList: part(clips), Total: clips.length };
    }
    const MediaInfos = String(parameters.MediaIds)
      .split(",")
      .map((MediaId) => ({ MediaId, MediaBasicInfo: { InputURL: `https://b/${MediaId}.mov?Signature=planted` } }));
    return { RequestId: head.RequestId, MediaInfos };
  };
  return {
    asked,
    most: () => most,
    counts: () => ({ calls: asked.length, tries: asked.length, retries: 0, waitedForRateLimit: 0 }),
    async call(action, parameters) {
      asked.push(`${action} ${String(parameters.MediaId ?? "")} ${String(parameters.PageNo ?? "")}`.trim());
      most = Math.max(most, ++underWay);
      try {
        await before?.(asked.length, action, parameters);
        await Promise.resolve();
        return answer(action, parameters);
      } finally {
        underWay--;
      }
    },
  };
}

function clipElement(i: number): object {
  return {
    Score: 0.9,
    EntityId: "7",
    LabelName: "Ada",
    OccurrencesInfos: [{ StartTime: i * 2, EndTime: i * 2 + 1, TrackData: [] }],
  };
}

export function serviceError(what: string): FacecutError {
  return new FacecutError("service-error", { what });
}
