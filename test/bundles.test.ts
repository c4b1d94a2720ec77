import { execFileSync } from "node:child_process";
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { openPromise } from "yauzl";
import { checkFiles } from "../src/check/check-files.js";
import { ZipWriter } from "../src/files/zip.js";
import { writeFiles } from "../src/files.js";
import { bundled } from "../src/write/otio-bundle.js";
import { facecut, filesIn, root, sample, temporaryFolder } from "./support/cli.js";
import { oracle, titled } from "./support/oracles.js";
import { media, person, plan, timeline } from "./support/plans.js";
import { full } from "./support/sweep.js";

const mediaFolder = join(root, "samples", "media");
const withMedia = ["--media-dir", mediaFolder, "--no-cache"];
const videos = readdirSync(mediaFolder)
  .filter((name) => /\.(mp4|mov)$/.test(name))
  .sort();

function exported(out: string, ...more: readonly string[]) {
  return facecut("export", sample("one-face-25"), "-o", out, "--name", "Ada", "-q", ...more);
}

/** Names and bytes of a zip's entries, by a reader that is not facecut's. */
async function entriesOf(path: string): Promise<Record<string, Buffer>> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false });
  const entries: Record<string, Buffer> = {};
  for await (const entry of zip.eachEntry()) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Uint8Array);
    entries[entry.fileName] = Buffer.concat(chunks);
  }
  zip.close();
  return entries;
}

// biome-ignore lint/suspicious/noExplicitAny: OTIO's tree is looked into freely
function targets(text: string): any[] {
  const found: unknown[] = [];
  JSON.parse(text, (key, value) => {
    if (key === "target_url") found.push(value);
    return value;
  });
  return [...new Set(found)].sort();
}

/** A timeline's text, while somebody writes to a media file. */
function* growingText(path: string): Generator<string> {
  appendFileSync(path, "more");
  yield "timeline";
}

describe("OpenTimelineIO bundles", () => {
  it("hold the timeline, a version and the media, which it points to beside it", async () => {
    const out = temporaryFolder();
    expect(await exported(out, "--format", "otioz,otiod", ...withMedia)).toMatchObject({ status: 0 });
    expect(readdirSync(out).sort()).toEqual(["Ada.otiod", "Ada.otioz", "Ada.report.json"]);
    const entries = await entriesOf(join(out, "Ada.otioz"));
    const names = videos.map((name) => `media/${name}`);
    expect(Object.keys(entries)).toEqual(["content.otio", "version.txt", ...names]);
    for (const name of videos) expect(entries[`media/${name}`]?.equals(readFileSync(join(mediaFolder, name)))).toBe(true);
    expect(targets(String(entries["content.otio"]))).toEqual(names);
    const folder = join(out, "Ada.otiod");
    expect(Object.keys(filesIn(folder)).sort()).toEqual(["content.otio", ...names, "version.txt"]);
    for (const [name, bytes] of Object.entries(entries)) expect(bytes.equals(readFileSync(join(folder, name)))).toBe(true);
    expect((await checkFiles([join(out, "Ada.otioz"), folder])).findings).toEqual([]);
  });

  it("are the same bytes from the same media", async () => {
    const [a, b] = [temporaryFolder(), temporaryFolder()];
    for (const out of [a, b]) await exported(join(out, "x.otioz"), ...withMedia);
    expect(readFileSync(join(a, "x.otioz")).equals(readFileSync(join(b, "x.otioz")))).toBe(true);
  });

  it("point to media that are nowhere here as without a bundle", async () => {
    const out = temporaryFolder();
    expect((await exported(join(out, "x.otioz"))).status).toBe(0);
    const entries = await entriesOf(join(out, "x.otioz"));
    expect(Object.keys(entries)).toEqual(["content.otio", "version.txt"]);
    for (const target of targets(String(entries["content.otio"]))) expect(target).toMatch(/^https:/);
  });

  it("hold each timeline's own media, and go with the export they are of", async () => {
    const out = temporaryFolder();
    const three = ["--start-timecode", "23:59:50:00"];
    expect((await exported(out, "--format", "otiod", ...withMedia, ...three)).status).toBe(0);
    expect(readdirSync(out)).toContain("Ada-3.otiod");
    const held = ["Ada", "Ada-2", "Ada-3"].flatMap((name) => readdirSync(join(out, `${name}.otiod`, "media")));
    expect([...new Set(held)].sort()).toEqual(videos);
    expect(held.length).toBeLessThan(9);
    expect((await exported(out, "--format", "otiod", ...withMedia)).status).toBe(2);
    expect((await exported(out, "--format", "otiod", "--force", ...withMedia)).status).toBe(0);
    expect(readdirSync(out).sort()).toEqual(["Ada.otiod", "Ada.report.json"]);
    expect(readdirSync(join(out, "Ada.otiod", "media")).sort()).toEqual(videos);
  });

  it.each(["zip", "folder"] as const)(
    "are never half there: a %s whose media cannot be copied leaves all as it was",
    async (kind) => {
      const [out, folder] = [temporaryFolder(), temporaryFolder()];
      const path = join(folder, "a.mov");
      writeFileSync(path, "media");
      const chunks = ["timeline"];
      const good = { name: "good", chunks, bundle: { kind, media: [{ name: "media/a.mov", url: String(pathToFileURL(path)) }] } };
      await writeFiles(out, [good]);
      const before = filesIn(out);
      const absent = { ...good, bundle: { kind, media: [{ name: "media/b.mov", url: "file:///nowhere/b.mov" }] } };
      await expect(writeFiles(out, [good, absent])).rejects.toThrow(
        "A media file cannot be copied into the bundle: it does not exist",
      );
      const growing = { ...good, chunks: growingText(path) };
      await expect(writeFiles(out, [growing])).rejects.toThrow("it changed while it was copied");
      const refused = writeFiles(out, [good], () => {
        throw new Error("not as planned");
      });
      await expect(refused).rejects.toThrow("not as planned");
      expect([filesIn(out), readdirSync(out)]).toEqual([before, ["good"]]);
      await writeFiles(out, [good]);
      expect(readdirSync(out)).toEqual(["good"]);
    },
  );

  it("give media of one name names of their own, whatever their case", () => {
    const cuts = [
      "file:///a/Take%201.mov",
      "file:///b/take%201.mov",
      "file:///c/take%201-2.mov",
      "https://x.org/take%201.mov",
    ].map((url, i) => ({
      media: media("take.mov", { url, mediaId: `id-${i}` }),
      from: 0,
      to: 10,
      people: [person("Ada")],
    }));
    const inside = bundled(plan("p", timeline("t", [cuts])));
    expect(inside.media).toEqual([
      { name: "media/Take 1.mov", url: "file:///a/Take%201.mov" },
      { name: "media/take 1-2.mov", url: "file:///b/take%201.mov" },
      { name: "media/take 1-2-2.mov", url: "file:///c/take%201-2.mov" },
    ]);
    expect(inside.plan.media[3]?.media.url).toBe("https://x.org/take%201.mov");
    expect(inside.plan.timelines[0]?.tracks[0]?.clips[1]?.media).toBe(inside.plan.media[1]?.media);
  });
});

const python = oracle("python");

it.skipIf(python === undefined)(titled("bundles are read by OpenTimelineIO", "python"), async () => {
  const out = temporaryFolder();
  await exported(out, "--format", "otioz,otiod", ...withMedia);
  const script = `import sys, opentimelineio as otio
for path in sys.argv[1:]:
    timeline = otio.adapters.read_from_file(path)
    print(len(list(timeline.find_clips())), sorted({c.media_reference.target_url for c in timeline.find_clips()}))
timeline = otio.adapters.read_from_file(sys.argv[2], absolute_media_reference_paths=True)
import os
print(all(os.path.exists(otio.url_utils.filepath_from_url(c.media_reference.target_url)) for c in timeline.find_clips()))
`;
  const said = execFileSync(python as string, ["-c", script, join(out, "Ada.otioz"), join(out, "Ada.otiod")], {
    encoding: "utf8",
  });
  const line = `8 [${videos.map((name) => `'media/${name}'`).join(", ")}]`;
  expect(said.trim().split("\n")).toEqual([line, line, "True"]);
});

describe("zip files beyond 4 GB", () => {
  it("have their numbers in Zip64 fields", async () => {
    const path = join(temporaryFolder(), "large.zip");
    const file = await open(path, "wx");
    const zip = new ZipWriter(file);
    await zip.add("media/王.mov", [Buffer.from("small"), Buffer.from("er")], true);
    await zip.add("b.txt", [], false);
    await zip.end();
    await file.close();
    const entries = await entriesOf(path);
    expect(Object.entries(entries).map(([name, bytes]) => [name, String(bytes)])).toEqual([
      ["media/王.mov", "smaller"],
      ["b.txt", ""],
    ]);
  });

  it.skipIf(!full)(
    "are read by others (FACECUT_SWEEP=full)",
    async () => {
      const path = join(temporaryFolder(), "large.zip");
      const file = await open(path, "wx");
      const zip = new ZipWriter(file);
      const chunk = Buffer.alloc(1 << 24, 7);
      await zip.add(
        "large.mov",
        (function* () {
          for (let i = 0; i < 257; i++) yield chunk;
        })(),
        true,
      );
      await zip.add("after.txt", [Buffer.from("after")], false);
      await zip.end();
      await file.close();
      const zipFile = await openPromise(path, { lazyEntries: true, autoClose: false });
      const sizes: [string, number][] = [];
      for await (const entry of zipFile.eachEntry()) sizes.push([entry.fileName, entry.uncompressedSize]);
      zipFile.close();
      expect(sizes).toEqual([
        ["large.mov", 257 * 2 ** 24],
        ["after.txt", 5],
      ]);
    },
    120_000,
  );
});
