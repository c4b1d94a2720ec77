import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { proofMedia } from "../../scripts/make-proof-media.mjs";
import { facecut, filesIn, root, temporaryFolder } from "../support/cli.js";
import { oracle, titled } from "../support/oracles.js";

const font = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf";
const canMake = oracle("ffmpeg") !== undefined && existsSync(font);

/** The footage of docs/runbook.md: what its pictures say must be what the exports plan. */
test.skipIf(!canMake)(
  titled("the cuts and markers of the proof footage are on the frames that its pictures name", "ffmpeg"),
  async () => {
    const folder = temporaryFolder();
    execFileSync(process.execPath, [join(root, "scripts", "make-proof-media.mjs"), folder], { stdio: "pipe" });
    expect(readdirSync(join(folder, "media")).sort()).toEqual(proofMedia.map(({ file }) => file).sort());
    for (const [kind, media] of [
      ["25", proofMedia.slice(0, 2)],
      ["mixed", proofMedia],
    ] as const) {
      const out = join(folder, kind);
      const where = ["--media-dir", join(folder, "media"), "--no-cache", "-o", out, "--name", "proof", "-q"];
      const run = await facecut(
        "export",
        join(folder, `hits-${kind}`),
        ...where,
        "--rate",
        "25",
        "--markers",
        "all",
        "--template",
        "final-cut",
      );
      expect([run.status, run.err]).toEqual([0, ""]);
      const report = JSON.parse(filesIn(out)["proof.report.json"] as string) as Report;
      expect(report.clips.map(({ media_id, source_in, source_out }) => [media_id, source_in, source_out])).toEqual(
        media.flatMap(({ id, cuts }) => cuts.map(({ first, last }) => [id, first, last + 1])),
      );
      expect(report.totals.track_points.became_markers).toBe(media.length * 5);
    }
  },
  180_000,
);

interface Report {
  readonly clips: readonly { readonly media_id: string; readonly source_in: number; readonly source_out: number }[];
  readonly totals: { readonly track_points: { readonly became_markers: number } };
}
