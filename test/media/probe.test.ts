import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { defaultCacheFile, type ProbeOptions, probeFiles } from "../../src/media/probe.js";

/**
 * How ffprobe is run, with a script in its place: it leaves a file per process in `calls`, and does what the probed
 * file's text says.
 */
const script = `#!${process.execPath}
const fs = require("node:fs"), path = require("node:path");
const file = process.argv.find((word) => word.startsWith("file:")).slice(5);
const calls = path.join(__dirname, "calls"), own = path.join(calls, String(process.pid));
fs.writeFileSync(own, JSON.stringify(process.argv.slice(2)));
fs.writeFileSync(own + ".running", "");
const running = fs.readdirSync(calls).filter((name) => name.endsWith(".running")).length;
fs.writeFileSync(path.join(__dirname, "at-once-" + running), "");
const answer = { streams: [{ codec_type: "audio", channels: 2, sample_rate: "48000" }], format: {} };
const deeds = {
  sound: () => console.log(JSON.stringify(answer)),
  slow: () => setTimeout(deeds.sound, 300),
  denied: () => { console.error("file:" + file + ": Permission denied"); process.exitCode = 1; },
  broken: () => { console.error("[mov,mp4 @ 0x5] moov atom not found\\nfile:" + file + ": Invalid data found"); process.exitCode = 1; },
  odd: () => { console.error("[x @ 0x5] Something\\u0007 odd https://host/a?Signature=s3cret"); process.exitCode = 1; },
  garbage: () => console.log("{"),
  crash: () => process.kill(process.pid, "SIGSEGV"),
  flood: () => process.stdout.write("x".repeat(17 * 2 ** 20)),
};
process.on("exit", () => fs.rmSync(own + ".running"));
deeds[fs.readFileSync(file, "utf8").trim()]();
`;

let folder: string;
let options: ProbeOptions & { cache: string };
const at = (name: string) => join(folder, name);
const calls = () => readdirSync(at("calls")).filter((name) => !name.endsWith(".running"));
const sound = {
  facts: { kind: "audio", variableRate: false, rotation: 0, audio: { channels: 2, sampleRate: 48000, streams: [2] } },
};

function file(name: string, text: string): string {
  writeFileSync(at(name), text);
  return at(name);
}

// A script with a first line of this kind is no program on Windows.
describe.skipIf(process.platform === "win32")("running ffprobe", () => {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "facecut-fake-"));
    mkdirSync(at("calls"));
    writeFileSync(at("ffprobe"), script, { mode: 0o755 });
    options = { ffprobe: at("ffprobe"), cache: at("cache/probe.json") };
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test("a file given twice, once relative, is probed once and answered for each", async () => {
    const path = file("a.wav", "sound");
    const other = relative(process.cwd(), path);
    expect(await probeFiles([path, other, path], options)).toEqual(
      new Map([
        [path, sound],
        [other, sound],
      ]),
    );
    expect(calls()).toHaveLength(1);
  });

  test("the name is one argument behind file:, and no other protocol is let in", async () => {
    await probeFiles([file("-a b$(x)'.wav", "sound")], options);
    const args = JSON.parse(readFileSync(at(`calls/${calls()[0]}`), "utf8"));
    expect(args.slice(-2)).toEqual(["-i", `file:${at("-a b$(x)'.wav")}`]);
    expect(args[args.indexOf("-protocol_whitelist") + 1]).toBe("file");
  });

  test("a second run probes only what changed", async () => {
    const paths = ["a", "b", "broken"].map((name) => file(name, name === "broken" ? "broken" : "sound"));
    const first = await probeFiles(paths, options);
    expect(calls()).toHaveLength(3);
    expect(await probeFiles(paths, options)).toEqual(first);
    expect(calls()).toHaveLength(3);
    utimesSync(at("a"), 1, 1);
    file("b", "sound ");
    expect(await probeFiles(paths, options)).toEqual(first);
    expect(calls()).toHaveLength(5);
  });

  test("without a cache each run probes", async () => {
    const { cache, ...without } = options;
    const path = file("a", "sound");
    await probeFiles([path], without);
    await probeFiles([path], without);
    expect(calls()).toHaveLength(2);
    expect(existsSync(cache)).toBe(false);
  });

  test("what may pass is tried again", async () => {
    const paths = ["denied", "garbage", "crash"].map((name) => file(name, name));
    await probeFiles(paths, options);
    await probeFiles(paths, options);
    expect(calls()).toHaveLength(6);
  });

  test.each([
    ["not JSON", () => "{"],
    ["no object", () => "null"],
    ["another version", (text: string) => text.replace(/"version":\d+/, '"version":0')],
    ["entries of another shape", (text: string) => text.replace('"facts"', '"fact"')],
    ["entries that are none", (text: string) => text.replace(/"entries":.*/, '"entries":null}')],
  ])("a cache that is broken is ignored and made anew: %s", async (_, spoil) => {
    const path = file("a", "sound");
    await probeFiles([path], options);
    writeFileSync(options.cache, spoil(readFileSync(options.cache, "utf8")));
    expect(await probeFiles([path], options)).toEqual(new Map([[path, sound]]));
    expect(calls()).toHaveLength(2);
    await probeFiles([path], options);
    expect(calls()).toHaveLength(2);
  });

  test.each([
    ["kind", (text: string) => text.replace('"audio","', '"sound","')],
    ["rate", (text: string) => text.replace('"rotation"', '"rate":{"num":25,"den":0,"nominal":25},"rotation"')],
    ["counting base", (text: string) => text.replace('"rotation"', '"rate":{"num":25,"den":1,"nominal":24},"rotation"')],
    ["rotation", (text: string) => text.replace('"rotation":0', '"rotation":1')],
    ["sound", (text: string) => text.replace('"streams":[2]', '"streams":["2"]')],
    ["size", (text: string) => text.replace('"rotation"', '"size":{"width":"1"},"rotation"')],
    ["length", (text: string) => text.replace('"rotation"', '"duration":1.5,"rotation"')],
    ["scan", (text: string) => text.replace('"rotation"', '"scan":"tff","rotation"')],
    ["pixel aspect", (text: string) => text.replace('"rotation"', '"pixelAspect":{"num":0,"den":1},"rotation"')],
    ["start", (text: string) => text.replace('"rotation"', '"startTimecode":1,"rotation"')],
    ["size of the file", (text: string) => text.replace(/"size":"\d+"/, '"size":7')],
  ])("an entry whose %s cannot be is dropped", async (_, spoil) => {
    const path = file("a", "sound");
    await probeFiles([path], options);
    const text = readFileSync(options.cache, "utf8");
    expect(spoil(text)).not.toBe(text);
    writeFileSync(options.cache, spoil(text));
    expect(await probeFiles([path], options)).toEqual(new Map([[path, sound]]));
    expect(calls()).toHaveLength(2);
  });

  test("a cache that cannot be written does no harm, and nothing is left beside it", async () => {
    mkdirSync(options.cache, { recursive: true });
    const path = file("a", "sound");
    expect(await probeFiles([path], options)).toEqual(new Map([[path, sound]]));
    expect(readdirSync(at("cache"))).toEqual(["probe.json"]);
  });

  test.each([
    ["denied", /^permission denied$/],
    ["broken", /^it is cut off, or no media file at all: moov atom not found$/],
    ["odd", /^ffprobe cannot read it: Something odd https:\/\/host\/a(\?…)?$/],
    ["garbage", /^ffprobe's answer cannot be read$/],
    ["crash", /^ffprobe cannot read it: it ended without a word$/],
    ["flood", /^ffprobe says too much of it$/],
  ])("a failure in one line: %s", async (deed, failure) => {
    const path = file("a", deed);
    expect((await probeFiles([path], options))?.get(path)).toEqual({ failure: expect.stringMatching(failure) });
  });

  test("several at a time, no more than asked for, each reported", async () => {
    const paths = Array.from({ length: 7 }, (_, i) => file(`slow-${i}`, "slow"));
    const seen: string[] = [];
    const onProbed = (done: number, total: number) => seen.push(`${done}/${total}`);
    const results = await probeFiles([...paths, at("missing")], { ...options, concurrency: 3, onProbed });
    expect([...(results?.keys() ?? [])]).toEqual([...paths, at("missing")]);
    expect(results?.get(at("missing"))).toEqual({ failure: "it does not exist" });
    expect([existsSync(at("at-once-3")), existsSync(at("at-once-4"))]).toEqual([true, false]);
    expect(seen).toEqual(["1/7", "2/7", "3/7", "4/7", "5/7", "6/7", "7/7"]);
  });

  test("no ffprobe on this machine", async () => {
    const paths = Array.from({ length: 9 }, (_, i) => file(`a-${i}`, "sound"));
    expect(await probeFiles(paths, { ...options, ffprobe: at("nowhere") })).toBeUndefined();
    expect(await probeFiles([], { ...options, ffprobe: at("nowhere") })).toEqual(new Map());
  });

  test.each([
    ["cannot be executed here", "exit 126"],
    ["lacks a library", "exit 127"],
    ["is no program", undefined],
  ])("an ffprobe that %s is none", async (_, script) => {
    const text = script === undefined ? "\u007fELF no program" : `#!/bin/sh\n${script}\n`;
    writeFileSync(at("other"), text, { mode: 0o755 });
    expect(await probeFiles([file("a", "sound")], { ...options, ffprobe: at("other") })).toBeUndefined();
  });

  test("the cache file of this user", () => {
    vi.stubEnv("XDG_CACHE_HOME", at("xdg"));
    expect(defaultCacheFile()).toBe(at("xdg/facecut/probe-1.json"));
    vi.stubEnv("XDG_CACHE_HOME", "relative");
    const usual = process.platform === "darwin" ? "Library/Caches" : ".cache";
    expect(defaultCacheFile()).toBe(join(homedir(), usual, "facecut", "probe-1.json"));
  });
});
