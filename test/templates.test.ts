import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runTemplates } from "../src/commands/templates.js";
import { exportOptions } from "../src/options.js";
import { loadTemplate, shippedTemplates } from "../src/templates.js";
import { dialectOf } from "../src/write/dialect.js";
import { formatIds } from "../src/write/writer.js";
import { facecut, filesIn, type Run, sample, temporaryFolder } from "./support/cli.js";

function templateFile(content: string | Buffer): string {
  const file = join(temporaryFolder(), "t.json");
  writeFileSync(file, content);
  return file;
}

function exportWith(template: string, ...more: readonly string[]): Promise<Run> {
  return facecut("export", sample("one-face-25"), "--template", template, "-o", temporaryFolder(), ...more);
}

describe("templates", () => {
  it("that say nothing leave every option at its default", async () => {
    const out = temporaryFolder();
    const run = await facecut("export", sample("one-face-25"), "--template", templateFile("{}"), "-o", out);
    expect(run.status).toBe(0);
    const generic = temporaryFolder();
    await facecut("export", sample("one-face-25"), "-o", generic);
    expect(filesIn(out)).toEqual(filesIn(generic));
    expect(exportOptions.format.default.split(",").every((word) => formatIds.some((id) => id === word))).toBe(true);
  });

  it("may begin with a byte order mark", async () => {
    const template = await loadTemplate(templateFile('\uFEFF{"options":{"rate":"25","start_timecode":"00:00:00:00"}}'));
    expect(template.options).toEqual({ rate: "25", startTimecode: "00:00:00:00" });
  });

  it("say where markers sit; what they leave out stays", async () => {
    const template = await loadTemplate(templateFile('{"description":"Ours","dialect":{"marker_place":{"otio":"timeline"}}}'));
    expect(template).toMatchObject({
      description: "Ours",
      dialect: { markerPlace: { otio: "timeline", fcp7xml: "timeline" } },
    });
  });

  it.each([
    ["null", "$", "null, not an object"],
    ["[]", "$", "not an object"],
    ['{"option":{}}', "$", 'Did you mean "options"?'],
    ['{"__proto__":{}}', "$", "__proto__"],
    ['{"description":null}', "$.description", "null, not a text"],
    ['{"options":null}', "$.options", "null, not an object"],
    ['{"options":{"rates":"25"}}', "$.options", 'Did you mean "rate"?'],
    ['{"options":{"start-timecode":"25"}}', "$.options", 'Did you mean "start_timecode"?'],
    ['{"options":{"out":"x"}}', "$.options", 'no key "out"'],
    ['{"options":{"rate":25}}', "$.options.rate", "25, not a text"],
    ['{"dialect":null}', "$.dialect", "null, not an object"],
    ['{"dialect":{"marker_place":null}}', "$.dialect.marker_place", "null, not an object"],
    ['{"dialect":{"marker_place":{"otio":"both"}}}', "$.dialect.marker_place.otio", "clip or timeline"],
    ['{"dialect":{"marker_place":{"edl":"clip"}}}', "$.dialect.marker_place", 'no key "edl"'],
    ['{"dialect":{"fcpxm":{}}}', "$.dialect", 'Did you mean "fcpxml"?'],
    ['{"dialect":{"fcpxml":{"versions":"1.9"}}}', "$.dialect.fcpxml", 'Did you mean "version"?'],
    ['{"dialect":{"fcp7xml":{"stereo":"pair"}}}', "$.dialect.fcp7xml.stereo", 'Did you mean "pairs"?'],
    ['{"dialect":{"fcpxml":{"version":1.1}}}', "$.dialect.fcpxml.version", "1.1, not 1.10 or 1.9"],
    ['{"dialect":{"edl":{"locators":"false"}}}', "$.dialect.edl.locators", '"false", not true or false'],
    ['{"dialect":{"otio":null}}', "$.dialect.otio", "null, not an object"],
    ['{"companions":"ale"}', "$.companions", "not a list"],
    ['{"companions":["al"]}', "$.companions[0]", 'Did you mean "ale"?'],
    ['{"import":{}}', "$.import", "not a list"],
    ['{"import":[{"menu":"File"}]}', "$.import[0].file", "null, not otio or"],
    ['{"import":[{"file":"otio"}]}', "$.import[0].menu", "null, not a text"],
    ['{"import":[{"file":"otioo","menu":"File"}]}', "$.import[0].file", 'Did you mean "otio"?'],
    ['{"import":[{"file":"otio","menu":"File","first":"Set {fps}"}]}', "$.import[0].first", "There is no {fps}"],
    ['{"import":[{"file":"otio","menus":"File"}]}', "$.import[0]", 'Did you mean "menu"?'],
    ['{"extends":5}', "$.extends", "5, not a text"],
    ['{"extends":"resolv"}', "$.extends", "Did you mean resolve?"],
    ['{"extends":"./none.json"}', "$.extends", 'There is no template "./none.json"'],
    ['{"$schema":5}', "$.$schema", "5, not a text"],
    ['{"options":{"rate":"26"}}', "$.options.rate", "26"],
    ['{"options":{"size":"big"}}', "$.options.size", "big"],
    ['{"options":{"format":"otio,mp4"}}', "$.options.format", "mp4"],
    ['{"options":{"format":""}}', "$.options.format", "No format"],
    ['{"options":{"start_timecode":"1:00"}}', "$.options.start_timecode", "1:00"],
    ['{"options":{"start_timecode":"00:01:00;00","rate":"29.97df"}}', "$.options.start_timecode", "drop-frame"],
    ['{"options":{"sort":"constructor"}}', "$.options.sort", "constructor"],
    ['{"options":{"markers":"0s"}}', "$.options.markers", "0s"],
  ])("%s is refused with file and key", async (text, key, hint) => {
    const file = templateFile(text);
    const run = await exportWith(file);
    expect([run.status, run.out]).toEqual([2, ""]);
    expect(run.err).toContain("[bad-template]");
    expect(run.err).toContain(`\n  where: --template, ${file} ${key}\n`);
    expect(run.err).toContain(hint);
  });

  it("may extend others, by name or by path from their own folder, and change what they take over", async () => {
    const folder = temporaryFolder();
    const write = (name: string, content: object) => writeFileSync(join(folder, name), JSON.stringify(content));
    mkdirSync(join(folder, "house"));
    write("house/base.json", {
      extends: "resolve",
      options: { rate: "25", sort: "score" },
      dialect: { edl: { reel: "long" }, otio: { paths: "url" } },
    });
    write("ours.json", { extends: "house/base.json", options: { rate: "50" }, companions: [] });
    const { options, dialect, companions, imports, description, origins } = await loadTemplate(join(folder, "ours.json"));
    const resolve = await loadTemplate("resolve");
    expect(options).toEqual({ ...resolve.options, rate: "50", sort: "score" });
    expect([dialect.edl.reel, dialect.otio.paths, dialect.otio.links]).toEqual(["long", "url", "groups"]);
    expect([companions, imports, description]).toEqual([[], resolve.imports, ""]);
    const from = (key: string) => origins.get(key)?.replace(folder, "").replaceAll("\\", "/");
    expect(["options.rate", "options.sort", "dialect.edl.reel", "companions", "options.size"].map(from)).toEqual([
      "/ours.json",
      "/house/base.json",
      "/house/base.json",
      "/ours.json",
      undefined,
    ]);
    expect(origins.get("import")).toBe(resolve.file);
  });

  it("that extend each other in a circle are refused, and themselves too", async () => {
    const folder = temporaryFolder();
    const [a, b] = ["a.json", "b.json"].map((name) => join(folder, name)) as [string, string];
    writeFileSync(a, '{"extends":"./b.json"}');
    writeFileSync(b, '{"extends":"a.json"}');
    const run = await exportWith(a);
    expect([run.status, run.err]).toEqual([2, expect.stringContaining(`where: --template, ${b} $.extends\n`)]);
    expect(run.err).toContain("The templates extend each other in a circle");
    writeFileSync(a, '{"extends":"a.json"}');
    expect((await exportWith(a)).err).toContain(`${a} $.extends`);
  });

  it("a wrong option that another template gave is told of there", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "base.json"), '{"options":{"rate":"26"}}');
    writeFileSync(join(folder, "ours.json"), '{"extends":"base.json","options":{"sort":"score"}}');
    const run = await exportWith(join(folder, "ours.json"));
    expect([run.status, run.err]).toEqual([2, expect.stringContaining(`${join(folder, "base.json")} $.options.rate\n`)]);
  });

  it.each([
    ["{", "is not JSON"],
    ["", "is not JSON"],
    [Buffer.from([0x7b, 0xff, 0x7d]), "is not UTF-8"],
  ])("%j as a file is refused", async (content, hint) => {
    const run = await exportWith(templateFile(content));
    expect([run.status, run.err]).toEqual([2, expect.stringContaining(hint)]);
  });

  it("a folder, and a name there is no template of, are refused", async () => {
    const folder = join(temporaryFolder(), "t.json");
    mkdirSync(folder);
    expect((await exportWith(folder)).err).toMatch(/The template cannot be read: it is a folder, not a file \[bad-template\]/);
    expect((await exportWith("/nowhere.json")).err).toMatch(/There is no template "\/nowhere.json" \[bad-template\]/);
  });

  it("a wrong flag is the flag's fault, whatever the template says", async () => {
    const run = await exportWith(templateFile('{"options":{"rate":"25","sort":"name"}}'), "--rate", "26", "--sort", "score");
    expect([run.status, run.err]).toEqual([2, expect.stringContaining("[bad-option]\n  where: --rate\n")]);
    const right = await exportWith(templateFile('{"options":{"rate":"26"}}'), "--rate", "25");
    expect(right.status).toBe(0);
  });
});

describe("shipped templates", () => {
  it("are a file each, with a line that says what it is for", async () => {
    expect(await shippedTemplates()).toEqual(["avid", "final-cut", "generic", "premiere", "resolve"]);
    for (const name of await shippedTemplates()) expect((await loadTemplate(name)).description.length).toBeGreaterThan(20);
  });

  it("generic is what facecut does by itself", async () => {
    expect((await loadTemplate("generic")).dialect).toEqual(dialectOf());
  });

  it("a mistyped name is told the nearest", async () => {
    const run = await exportWith("resolv");
    expect([run.status, run.err]).toEqual([2, expect.stringContaining("do: Did you mean resolve?")]);
    expect((await exportWith("nuke")).err).toContain("Take avid, final-cut, generic, premiere, resolve or the path");
  });
});

async function templates(name?: string, json = false): Promise<string> {
  let out = "";
  expect(await runTemplates(name, { json }, { out: (text) => (out += text), err: () => {} })).toBe(0);
  return out;
}

describe("facecut templates", () => {
  it("lists them, a line each", async () => {
    const lines = (await templates()).trimEnd().split("\n");
    expect(lines.map((line) => line.split("  ")[0])).toEqual(await shippedTemplates());
    expect(JSON.parse(await templates(undefined, true)).templates[4]).toMatchObject({
      name: "resolve",
      file: expect.stringMatching(/resolve\.json$/),
      description: expect.stringContaining("DaVinci Resolve"),
    });
  });

  it("says of one what each setting is, and where it comes from", async () => {
    const file = templateFile('{"extends":"avid","options":{"rate":"25"},"dialect":{"fcp7xml":{"labels":false}}}');
    const avid = (await loadTemplate("avid")).file;
    const out = await templates(file);
    const line = (key: string) =>
      out
        .split("\n")
        .find((one) => one.trim().split(/\s/)[0] === key)
        ?.trim()
        .split(/ {2,}/);
    expect(line("rate")).toEqual(["rate", "25", file]);
    expect(line("format")).toEqual(["format", "edl", avid]);
    expect(line("sort")).toEqual(["sort", "media", "default"]);
    expect(line("size")).toEqual(["size", "from the media", "default"]);
    expect(line("fcp7xml.labels")).toEqual(["fcp7xml.labels", "false", file]);
    expect(line("edl.source_file")).toEqual(["edl.source_file", "true", avid]);
    expect(line("fcpxml.version")).toEqual(["fcpxml.version", "1.10", "default"]);
    expect(line("companions:")).toEqual([`companions: ale, marker-list (${avid})`]);
    expect(out).toContain(`import (${avid})\n  ale: `);
  });

  it("says the same to a program", async () => {
    const told = JSON.parse(await templates("premiere", true));
    const { file, imports } = await loadTemplate("premiere");
    expect(told).toMatchObject({ name: "premiere", file, companions: [], import: imports });
    expect(told.options).toContainEqual({ key: "format", value: "fcp7xml", from: file, decides: expect.any(String) });
    expect(told.dialect).toContainEqual({ key: "fcp7xml.stereo", value: "pairs", from: file, decides: expect.any(String) });
    expect(told.dialect).toContainEqual({ key: "edl.reel", value: "short", decides: expect.any(String) });
  });
});
