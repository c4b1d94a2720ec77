import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startEmulator } from "../../src/emulate/emulator.js";
import { makeFolder } from "../../src/files.js";
import { useKeys } from "../service/scripted-server.js";
import { facecut, filesIn, root, sample, temporaryFolder } from "../support/cli.js";
import { full } from "../support/sweep.js";
import { bin, run, start } from "./command.js";

/** Disks that are full, read-only or in the way, on real file systems. */

const one = sample("one-face-25");
const isRoot = process.getuid?.() === 0;

/** A file system of its own, of so many bytes; undefined where none can be mounted. */
function smallDisk(bytes: number): string | undefined {
  const folder = temporaryFolder();
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${bytes}`, "tmpfs", folder], { stdio: "ignore" });
  if (status !== 0) return undefined;
  onTestFinished(() => void execFileSync("umount", [folder]));
  return folder;
}

const canMount =
  isRoot && process.platform === "linux" && spawnSync("unshare", ["-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;
const mounted = (title: string) => (canMount ? title : `${title} (skipped: needs root on Linux, to mount a small disk)`);

const page = 4096;

/** Fills a disk but for so many pages. */
function fill(disk: string, pagesLeft: number): void {
  rmSync(join(disk, "filler"), { force: true });
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(join(disk, "filler"), Buffer.alloc(Math.max(0, bavail * bsize - pagesLeft * page)));
}

function outputs(folder: string): Record<string, string> {
  return existsSync(folder) ? filesIn(folder) : {};
}

describe("a full disk", () => {
  it.skipIf(!canMount)(
    mounted("leaves no half file of an export, whenever it is full, and the earlier export untouched"),
    async () => {
      const disk = smallDisk(512 * 1024) as string;
      const out = join(disk, "out");
      expect((await facecut("export", sample("one-face-2997-drop"), "-o", out, "--name", "Ada")).status).toBe(0);
      const before = outputs(out);
      let refused = 0;
      for (let pages = 0; pages < 60; pages += full ? 1 : 6) {
        fill(disk, pages);
        const { status, err } = await facecut("export", one, "-o", out, "--name", "Ada", "--force", "--markers", "all");
        if (status === 0) break;
        refused++;
        expect([status, err]).toEqual([3, expect.stringMatching(/disk is full[\s\S]*\[cannot-write\]/)]);
        expect(outputs(out)).toEqual(before);
      }
      expect(refused).toBeGreaterThan(2);
      expect(outputs(out)).not.toEqual(before);
      if (full) console.log(`full disks: ${refused} exports refused, none left a half file`);
    },
  );

  it.skipIf(!canMount)(mounted("keeps what a search found, which goes on when there is room"), async () => {
    const emulator = await startEmulator({ folder: one, port: 0, accessKeyId: "emulator", accessKeySecret: "emulator" });
    onTestFinished(() => emulator.close());
    useKeys("emulator", "emulator");
    const image = ["--face-image-url", "https://h/a.jpg", "--token", "t"];
    const args = [...image, "--endpoint", emulator.endpoint, "--protocol", "http"];
    const disk = smallDisk(256 * 1024) as string;
    const hits = join(disk, "hits");
    let refused = 0;
    for (const pages of [0, 1, 2, 3, 4]) {
      fill(disk, pages);
      const { status, err } = await facecut("search", ...args, "-o", hits, "--resume");
      if (status === 0) break;
      refused++;
      expect([status, err]).toEqual([3, expect.stringMatching(/disk is full[\s\S]*\[cannot-write\]/)]);
      for (const [name, text] of Object.entries(outputs(hits)))
        expect([name, JSON.parse(text)]).toEqual([name, expect.anything()]);
    }
    expect(refused).toBeGreaterThan(1);
    rmSync(join(disk, "filler"));
    expect((await facecut("search", ...args, "-o", hits, "--resume")).status).toBe(0);
    const undisturbed = join(temporaryFolder(), "hits");
    expect((await facecut("search", ...args, "-o", undisturbed)).status).toBe(0);
    expect(filesIn(hits)).toEqual(filesIn(undisturbed));
  });

  it.skipIf(!canMount)(mounted("is told for a summary and a media map too"), async () => {
    const disk = smallDisk(64 * 1024) as string;
    fill(disk, 0);
    for (const option of ["--summary", "--write-media-map"]) {
      const { status, err } = await facecut("export", one, "-o", join(temporaryFolder(), "out"), option, join(disk, "a.csv"));
      expect([status, err]).toEqual([3, expect.stringContaining("[cannot-write]")]);
      expect(readdirSync(disk)).toEqual(["filler"]);
    }
  });

  it.skipIf(!existsSync("/dev/full"))("behind standard output is told", () => {
    const { status, stderr } = spawnSync("sh", ["-c", `"$0" "$1" export "$2" --dry-run > /dev/full`, process.execPath, bin, one]);
    expect(String(stderr)).not.toMatch(/^\s+at /m);
    expect(status).toBe(3);
  });
});

describe("a folder that cannot be written", () => {
  it.skipIf(!canMount)(mounted("because its disk is read-only"), async () => {
    const disk = smallDisk(1024 * 1024) as string;
    execFileSync("mount", ["-o", "remount,ro", disk]);
    for (const out of [disk, join(disk, "new", "folder")]) {
      const { status, err } = await facecut("export", one, "-o", out);
      expect([status, err]).toEqual([3, expect.stringMatching(/read-only.*\[cannot-write\]/i)]);
    }
  });

  it.each([
    ["a file is in its place", (folder: string) => join(folder, "file")],
    ["a file is above it", (folder: string) => join(folder, "file", "below")],
    ["a part of the path is too long", (folder: string) => join(folder, "x".repeat(300))],
    ["the path is too long", (folder: string) => join(folder, ...Array.from({ length: 50 }, () => "y".repeat(100)))],
    ["it leads in a circle", (folder: string) => join(folder, "circle", "out")],
    ["its name has a NUL", (folder: string) => join(folder, "a\0b")],
  ])("because %s", async (_why, where) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file"), "mine");
    symlinkSync("circle", join(folder, "circle"));
    const { status, err } = await facecut("export", one, "-o", where(folder));
    expect([status, err]).toEqual([3, expect.stringMatching(/\[cannot-write\]\n {2}where: .*\n {2}do: /)]);
    expect([readdirSync(folder).sort(), readFileSync(join(folder, "file"), "utf8")]).toEqual([["circle", "file"], "mine"]);
  });
});

/** Runs as somebody who may not do everything: as a user of no name where the tests run as root. */
const nobody = isRoot ? { uid: 65534, gid: 65534 } : {};
const nobodyCan = spawnSync(process.execPath, ["-e", `fs.accessSync(${JSON.stringify(bin)})`], nobody).status === 0;
const asNobody = (title: string) => (nobodyCan ? title : `${title} (skipped: the built command cannot be read by another user)`);

describe.skipIf(!nobodyCan)(asNobody("without permission"), () => {
  /** A folder of nobody's, with a sample in it. */
  function ownFolder(): string {
    const folder = temporaryFolder();
    cpSync(one, join(folder, "record"), { recursive: true });
    for (const name of ["map.csv", "aliases.csv", "template.json", "report.json", "a.otio"])
      writeFileSync(join(folder, name), "{}");
    mkdirSync(join(folder, "locked"));
    if (isRoot)
      for (const name of [".", ...readdirSync(folder, { recursive: true, encoding: "utf8" })])
        chownSync(join(folder, name), 65534, 65534);
    return folder;
  }

  const cases: readonly (readonly [what: string, locked: string, args: readonly string[], status: number, code: string])[] = [
    ["to write into the folder", "locked", ["export", "record", "-o", "locked"], 3, "cannot-write"],
    ["to read the record", "record", ["export", "record", "-o", "out"], 3, "no-input"],
    ["to read the clips", "record/SearchMediaClipByFace", ["export", "record", "-o", "out"], 3, "no-input"],
    ["to read a page", "record/BatchGetMediaInfos/page-0001.json", ["export", "record", "-o", "out"], 3, "no-input"],
    ["to read the media map", "map.csv", ["export", "record", "-o", "out", "--media-map", "map.csv"], 3, "bad-media-map"],
    ["to read the aliases", "aliases.csv", ["export", "record", "-o", "out", "--aliases", "aliases.csv"], 3, "bad-aliases"],
    [
      "to read the template",
      "template.json",
      ["export", "record", "-o", "out", "--template", "./template.json"],
      2,
      "bad-template",
    ],
    ["to read the earlier report", "report.json", ["export", "record", "-o", "out", "--since", "report.json"], 3, "bad-report"],
    ["to read a timeline", "a.otio", ["check", "a.otio"], 5, "unreadable"],
  ];

  it.each(full ? cases : cases.slice(0, 1))("%s", async (_what, locked, args, status, code) => {
    const folder = ownFolder();
    chmodSync(join(folder, locked), locked === "locked" ? 0o555 : 0o000);
    onTestFinished(() => chmodSync(join(folder, locked), 0o700));
    const ended = await run(args, { cwd: folder, ...nobody });
    expect([ended.status, `${ended.out}${ended.err}`]).toEqual([status, expect.stringContaining(`[${code}]`)]);
    expect(`${ended.out}${ended.err}`).toMatch(/permission/i);
    expect(existsSync(join(folder, "out"))).toBe(false);
  });
});

describe("what is there already", () => {
  it("stays without --force; with it, a link is replaced and what it leads to stays", async () => {
    const [out, elsewhere] = [temporaryFolder(), join(temporaryFolder(), "precious.txt")];
    writeFileSync(elsewhere, "precious");
    symlinkSync(elsewhere, join(out, "Ada.otio"));
    const args = ["export", one, "-o", join(out, "Ada.otio")];
    expect((await facecut(...args)).status).toBe(2);
    expect(readFileSync(elsewhere, "utf8")).toBe("precious");
    expect((await facecut(...args, "--force")).status).toBe(0);
    expect(readFileSync(elsewhere, "utf8")).toBe("precious");
    expect(lstatSync(join(out, "Ada.otio")).isFile()).toBe(true);
  });

  it("may be replaced while it is read: the result is that of the one file or the other", async () => {
    const record = join(temporaryFolder(), "record");
    cpSync(one, record, { recursive: true });
    const media = join(record, "SearchMediaClipByFace", readdirSync(join(record, "SearchMediaClipByFace"))[0] as string);
    const path = join(media, "page-0001.json");
    const versions = [readFileSync(path, "utf8"), readFileSync(path, "utf8").replaceAll("Ada Example", "Ada Sample")];
    const cut = async () => {
      const out = join(temporaryFolder(), "out");
      const { status, err } = await facecut("export", record, "-o", out, "--name", "a", "--format", "otio");
      expect(status, err).toBe(0);
      return filesIn(out)["a.otio"];
    };
    const results: (string | undefined)[] = [];
    for (const text of versions) {
      writeFileSync(path, text);
      results.push(await cut());
    }
    let n = 0;
    const replacing = setInterval(() => {
      writeFileSync(join(media, "new"), versions[n++ % 2] as string);
      renameSync(join(media, "new"), path);
    }, 1);
    onTestFinished(() => clearInterval(replacing));
    for (let i = 0; i < (full ? 30 : 3); i++) expect(results).toContain(await cut());
  });

  it("may be cut off while it is read: that is refused, or read as it was", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "a.otio");
    const text =
      filesIn(join(root, "samples", "twelve-hundred-25", "expected"))["Ada Example.otio"] ??
      (filesIn(join(one, "expected"))["Ada Example.otio"] as string);
    for (const length of [0, 1, 1000, text.length - 2]) {
      writeFileSync(path, text.slice(0, length));
      expect((await facecut("check", path)).status).toBe(5);
    }
  });
});

describe("folders made by several at once", () => {
  it("are there for all of them", async () => {
    for (let round = 0; round < (full ? 300 : 30); round++) {
      const above = join(temporaryFolder(), "a", "b");
      await Promise.all(Array.from({ length: 8 }, (_, i) => makeFolder(join(above, String(i)))));
      expect(readdirSync(above)).toHaveLength(8);
    }
  });
});

describe.skipIf(process.platform === "win32")("what is no file", () => {
  /** Ends by itself; a read that waits for ever would keep even SIGTERM from ending it. */
  async function ending(args: readonly string[], cwd: string) {
    // Without ffprobe, which would look at media first.
    const running = start(args, { cwd, env: { ...process.env, PATH: cwd } });
    const late = setTimeout(() => running.kill("SIGKILL"), 30_000);
    const ended = await running.ended;
    clearTimeout(late);
    return ended;
  }

  /** A folder with a sample's record, and pipes in it that nobody writes to. */
  function withPipes(...names: readonly string[]): string {
    const folder = temporaryFolder();
    cpSync(one, join(folder, "record"), { recursive: true });
    for (const name of names) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      execFileSync("mkfifo", [join(folder, name)]);
    }
    return folder;
  }

  const media = `record/SearchMediaClipByFace/${readdirSync(join(one, "SearchMediaClipByFace"))[0]}`;
  const cut = ["export", "record", "--dry-run"];
  const bundles = ["export", "record", "-o", "out", "--format", "otioz", "--media-map", "map.csv"];
  const cases: readonly (readonly [pipe: string, args: readonly string[], status: number, code: string])[] = [
    [`${media}/page-0002.json`, cut, 3, "no-input"],
    ["aliases.csv", [...cut, "--aliases", "aliases.csv"], 3, "bad-aliases"],
    ["record/BatchGetMediaInfos/page-0002.json", cut, 3, "no-input"],
    [`${media}/page-0002.json`, ["list", "record"], 3, "no-input"],
    ["map.csv", [...cut, "--media-map", "map.csv"], 3, "bad-media-map"],
    ["template.json", [...cut, "--template", "./template.json"], 2, "bad-template"],
    ["a.report.json", [...cut, "--since", "a.report.json"], 3, "bad-report"],
    ["faults.json", ["emulate", "record", "--faults", "faults.json"], 3, "bad-faults"],
    ...["a.otio", "a.edl", "a.fcpxml", "a.xml", "a.otioz", "a.otiod/content.otio"].map(
      (name) => [name, ["check", name.replace(/\/.*/, "")], 5, "unreadable"] as const,
    ),
  ];

  it.each(full ? cases : cases.slice(0, 1))("a pipe in the place of %s is refused by %j", async (pipe, args, status, code) => {
    const ended = await ending(args, withPipes(pipe));
    expect([ended.status, `${ended.out}${ended.err}`]).toEqual([status, expect.stringContaining(`[${code}]`)]);
    expect(`${ended.out}${ended.err}`).toContain("it is a pipe or a device, not a file");
  });

  it("a pipe in a folder that is checked is not opened", async () => {
    const ended = await ending(["check", "."], withPipes("a.xml"));
    expect([ended.status, ended.err]).toEqual([3, expect.stringContaining("[no-timeline]")]);
  });

  it.skipIf(!existsSync("/dev/zero"))("a device is refused", async () => {
    const ended = await ending([...cut, "--aliases", "/dev/zero"], withPipes());
    expect([ended.status, ended.err]).toEqual([3, expect.stringContaining("it is a pipe or a device, not a file")]);
  });

  it("a pipe in the place of media is not probed, copied or waited for", async () => {
    const folder = withPipes("interview-a.mp4");
    writeFileSync(join(folder, "map.csv"), "media,original\ninterview-a.mp4,interview-a.mp4\n");
    const ended = await ending(bundles, folder);
    expect([ended.status, ended.err]).toEqual([0, expect.stringMatching(/it is no regular file \[unreadable-file\]/)]);
  });

  it("a pipe in the place of an earlier report is replaced with --force", async () => {
    const folder = withPipes("out/Ada Example.report.json");
    expect((await ending(["export", "record", "-o", "out", "--force"], folder)).status).toBe(0);
    expect(lstatSync(join(folder, "out", "Ada Example.report.json")).isFile()).toBe(true);
  });

  it("a pipe in the place of a kept page is asked for again", async () => {
    const emulator = await startEmulator({ folder: one, port: 0, accessKeyId: "emulator", accessKeySecret: "emulator" });
    onTestFinished(() => emulator.close());
    useKeys("emulator", "emulator");
    const folder = withPipes();
    const page = join(folder, "hits", "SearchMediaByFace", "page-0001.json");
    const words = ["--face-image-url", "https://h/a.jpg", "--endpoint", emulator.endpoint, "--protocol", "http", "--token", "t"];
    expect((await ending(["search", ...words, "-o", "hits"], folder)).status).toBe(0);
    rmSync(page);
    execFileSync("mkfifo", [page]);
    const { status, err } = await ending(["search", ...words, "-o", "hits", "--resume"], folder);
    expect([status, err]).toEqual([0, expect.anything()]);
    expect(lstatSync(page).isFile()).toBe(true);
  });

  it("a pipe that somebody writes to, however slowly, is read where it is named on the command line", () => {
    const script = `(sleep 0.3; printf 'Ada Example,'; sleep 0.3; printf 'Bob\n') | "$0" "$1" list "$2" --aliases /dev/stdin`;
    const { status, stdout, stderr } = spawnSync("sh", ["-c", script, process.execPath, bin, one]);
    expect([status, String(stderr)]).toEqual([0, expect.anything()]);
    expect(String(stdout)).toContain("Bob");
    const [name] = Object.keys(filesIn(join(one, "expected"))).filter((file) => file.endsWith(".otio"));
    const checked = spawnSync("sh", [
      "-c",
      `cat "$2" | "$0" "$1" check /dev/stdin`,
      process.execPath,
      bin,
      join(one, "expected", name as string),
    ]);
    expect([checked.status, String(checked.stdout)]).toEqual([0, expect.stringContaining("6 clips")]);
  });
});
