// The end of `npm run build`: the command may be run, and knows the commit it was built from (`facecut --version`).
import { execFileSync } from "node:child_process";
import { chmodSync, realpathSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
chmodSync(`${root}dist/bin.js`, 0o755);
const commit = commitOf(root);
if (commit !== undefined) writeFileSync(`${root}dist/build.json`, `${JSON.stringify({ commit })}\n`);

/** `9b9f6831a2c4`, with a plus when the code is not that of the commit; undefined outside a clone. */
function commitOf(folder) {
  const git = (...args) =>
    execFileSync("git", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  try {
    // Inside another project's clone the commit is that project's.
    if (realpathSync(git("rev-parse", "--show-toplevel")) !== realpathSync(folder)) return undefined;
    const changed = git("status", "--porcelain", "--", "src", "package.json") !== "";
    return git("rev-parse", "--short=12", "HEAD") + (changed ? "+" : "");
  } catch {
    return undefined;
  }
}
