import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { filesIn, root, sample } from "../support/cli.js";

/** Small samples by name: the twelve hundred clips of the large one would only make every input slow. */
export const sampleNames: readonly string[] = readdirSync(join(root, "samples"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !["media", "twelve-hundred-25"].includes(entry.name))
  .map(({ name }) => name)
  .sort();

/** Texts of the samples' expected files with an extension. */
export function expectedTexts(extension: string): string[] {
  const files = sampleNames.flatMap((name) => Object.entries(filesIn(sample(name))));
  const texts = files.flatMap(([name, text]) => (name.startsWith("expected") && name.endsWith(extension) ? [text] : []));
  return texts.filter((text) => text.length < 60_000);
}

/** The replies of a sample, by their place in the record folder. */
export function replies(name: string): Readonly<Record<string, string>> {
  const files = Object.entries(filesIn(sample(name)));
  return Object.fromEntries(files.filter(([path]) => path.endsWith(".json") && !path.startsWith("expected")));
}

/** Media maps of the samples. */
export function mediaMaps(): string[] {
  const paths = [...sampleNames, "media"].map((name) => join(sample(name), "media-map.csv"));
  return paths.filter(existsSync).map((path) => readFileSync(path, "utf8"));
}
