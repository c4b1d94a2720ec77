import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  encodeSegment,
  fileNameInPath,
  fileNameInUrl,
  fileUrl,
  insideFolder,
  locationName,
  locationUrl,
  plainUrl,
} from "../../src/media/media-url.js";

// One row: a file name, and how it stands in a URL.
const names: [string, string][] = [
  ["a b.mov", "a%20b.mov"],
  ["take #1?.mov", "take%20%231%3F.mov"],
  ["100%.mov", "100%25.mov"],
  ["50%25.mov", "50%2525.mov"],
  ["采访 一.mp4", "%E9%87%87%E8%AE%BF%20%E4%B8%80.mp4"],
  ["😀.mp4", "%F0%9F%98%80.mp4"],
  [`it's "q" (1)!*.mov`, "it%27s%20%22q%22%20%281%29%21%2A.mov"],
  ["a&<b>;+=@$,.mov", "a%26%3Cb%3E%3B%2B%3D%40%24%2C.mov"],
  ["-._~", "-._~"],
  ["half \ud83d.mov", "half%20%EF%BF%BD.mov"],
];

describe("file URLs", () => {
  it.each(names)("hold the name %j as %s", (name, encoded) => {
    expect(fileUrl(`/media/x y/${name}`)).toBe(`file:///media/x%20y/${encoded}`);
  });

  it.each([
    ["C:/Media/a b.mov", "file:///C:/Media/a%20b.mov"],
    ["c:\\Media\\a#b.mov", "file:///c:/Media/a%23b.mov"],
    ["\\\\srv\\share\\a b.mov", "file://srv/share/a%20b.mov"],
    ["/a:b\\c.mov", "file:///a%3Ab%5Cc.mov"],
  ])("of %s is %s", (path, url) => {
    expect(fileUrl(path)).toBe(url);
  });

  it("are what Node reads back as the same path", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (name) => {
        const path = `/m/${name.replaceAll("/", "_").replaceAll("\0", "_")}`;
        const { pathname, search, hash } = new URL(`file://${fileUrl(path).slice("file://".length)}`);
        expect([search, hash]).toEqual(["", ""]);
        if (!/\/\.{1,2}$/.test(path)) expect(decodeURIComponent(pathname)).toBe(path);
      }),
    );
  });
});

describe("URLs of the service", () => {
  it.each(names)("hold the name %j as %s", (name, encoded) => {
    expect(plainUrl(`https://h.example:8080/x%20y/${encodeSegment(name)}`)).toBe(`https://h.example:8080/x%20y/${encoded}`);
    expect(fileNameInUrl(`https://h/x/${encoded}`)).toBe(name.replace("\ud83d.", "\ufffd."));
  });

  it.each([
    ["https://h/a.mp4?Expires=1&Signature=S%2F#x", "https://h/a.mp4"],
    ["https://h/a.mp4#t=1", "https://h/a.mp4"],
    ["https://user:secret@h/a@b.mp4", "https://h/a%40b.mp4"],
    ["https://h/a b/100%.mp4", "https://h/a%20b/100%25.mp4"],
    ["https://h/%e8%a7%86.mp4", "https://h/%E8%A7%86.mp4"],
    ["https://h/a%2Fb.mp4", "https://h/a%2Fb.mp4"],
    ["oss://bucket/视频/1.mp4", "oss://bucket/%E8%A7%86%E9%A2%91/1.mp4"],
    ["https://[::1]:80/a.mp4", "https://[::1]:80/a.mp4"],
    ['https://h"<x>/a.mp4', "https://h%22%3Cx%3E/a.mp4"],
    ["https://h", "https://h"],
    ["https://h/", "https://h/"],
    ["masters/a b.mp4", "masters/a%20b.mp4"],
    ["file:///C:/a b.mov", "file:///C:/a%20b.mov"],
    ["", ""],
  ])("%s becomes %s", (url, expected) => {
    expect(plainUrl(url)).toBe(expected);
  });

  it("are spelled in one way: doing it again changes nothing, and nothing but unreserved characters is left", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const url = plainUrl(`https://h/${text}`);
        expect(url).toMatch(/^https:\/\/h\/[A-Za-z0-9\-._~%/:]*$/);
        expect(plainUrl(url)).toBe(url);
      }),
    );
  });
});

it.each([
  ["https://h/x/a%20b.mp4?x=1", "a b.mp4"],
  ["https://h/masters%2Fa.mp4", "a.mp4"],
  ["https://h/x/", undefined],
  ["https://host.mp4", undefined],
  ["masters/a%20b.mp4", "a b.mp4"],
])("the file name in %s is %j", (url, name) => {
  expect(fileNameInUrl(url)).toBe(name);
});

it.each([
  ["/m/100%20.mov", "100%20.mov"],
  ["C:\\m\\a.mov", "a.mov"],
  ["/m/a\\b.mov", "a\\b.mov"],
  ["/m/", undefined],
])("the file name in the path %s is %j", (path, name) => {
  expect(fileNameInPath(path)).toBe(name);
});

it.each([
  ["/m", "x/a%20b.mp4", "/m/x/a b.mp4", "file:///m/x/a%20b.mp4"],
  ["C:\\m\\", "a.mp4", "C:\\m/a.mp4", "file:///C:/m/a.mp4"],
  ["https://cdn/m/", "a%23.mp4", "https://cdn/m/a%23.mp4", "https://cdn/m/a%23.mp4"],
  ["/m", "../%2E%2E%2F..%2Fetc/passwd", "/m/etc/passwd", "file:///m/etc/passwd"],
])("in the folder %s the file %s is %s", (folder, rest, path, url) => {
  expect(insideFolder(folder, rest)).toBe(path);
  expect(locationUrl(insideFolder(folder, rest))).toBe(url);
  expect(locationName(path)).toBe(fileNameInUrl(rest));
});
