// The main job on a shipped sample, with no account: what `npm run demo` does.
import { rmSync } from "node:fs";
import { main } from "../dist/cli.js";

const out = "demo-out";
rmSync(out, { recursive: true, force: true });
const args = ["export", "samples/one-face-25", "--media-map", "samples/media/media-map.csv", "--markers", "all", "-o", out];
process.stdout.write(`facecut ${args.join(" ")}\n\n`);
process.exitCode = await main(args, {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
