import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { exportOptions } from "../src/options.js";
import { loadTemplate } from "../src/templates.js";
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
    expect(exportOptions.format.default).toBe(formatIds.join(","));
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
