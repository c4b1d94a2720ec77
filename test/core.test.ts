import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { dialectOf, edl, FacecutError, gatherMediaFacts, mapToTimeline, parseReplies } from "../src/core.js";
import { readRecord } from "../src/fetch/read-record.js";

const samples = fileURLToPath(new URL("../samples", import.meta.url));
const json = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));
const pages = (folder: string) =>
  readdirSync(folder)
    .sort()
    .map((name) => json(join(folder, name)));

/** What a program without files has: the replies of a sample. */
function repliesOf(record: string) {
  const clips = join(record, "SearchMediaClipByFace");
  return {
    clips: new Map(readdirSync(clips).map((mediaId) => [mediaId, pages(join(clips, mediaId))])),
    mediaInfos: pages(join(record, "BatchGetMediaInfos")),
  };
}

const options = { startTimecode: "01:00:00:00", fallbackName: "faces", sort: "media", markers: "all" } as const;
const planOf = (record: ReturnType<typeof parseReplies>) =>
  mapToTimeline(record, gatherMediaFacts(record, undefined, {}).facts, options).plan;

describe("replies at hand", () => {
  it.each(["one-face-25", "two-people-23976"])("of %s become the cut that its record folder becomes", async (sample) => {
    const folder = join(samples, sample);
    const plan = planOf(parseReplies(repliesOf(folder)));
    const text = (of: typeof plan) =>
      edl
        .write(of, ["faces"], dialectOf({}))
        .flatMap(({ chunks }) => [...chunks])
        .join("");
    expect(text(plan)).toBe(text(planOf(await readRecord(folder))));
    expect(plan.timelines[0]?.tracks[0]?.clips.length).toBeGreaterThan(0);
  });

  it("tell how many entries are missing, and which came again", () => {
    const clip = { Score: 0.9, LabelName: "Ada Example", OccurrencesInfos: [{ StartTime: 1, EndTime: 2 }] };
    const page = { MediaClipList: [clip, clip], Total: 3 };
    const { matches, notes } = parseReplies({ clips: new Map([["m1", [page, page]]]) });
    expect(matches).toMatchObject([{ mediaId: "m1", duplicates: 3 }]);
    expect(notes).toHaveLength(2);
  });

  it("name the page and the place of what is wrong", () => {
    const bad = () => parseReplies({ clips: new Map([["m1", [{ MediaClipList: [{ Score: "high" }] }]]]) });
    expect(bad).toThrow(FacecutError);
    expect(bad).toThrow(expect.objectContaining({ where: expect.stringContaining("SearchMediaClipByFace/m1/page 1") }));
  });
});
