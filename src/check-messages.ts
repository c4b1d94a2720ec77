import type { Checked } from "./check/check-files.js";
import type { CheckedFile, Finding } from "./check/finding.js";
import { count, oneLine, unsigned } from "./text.js";

/** What was looked for in folders, what was found, file by file, and what was left alone. */
export function checkText({ files, folders, skipped, findings }: Checked): string {
  const lines = [
    ...folders.map(({ folder, timelines }) => `${line(folder)}: ${count(timelines, "timeline file")}`),
    ...files.flatMap((file) => fileText(file, findings)),
    ...skipped.map(({ file, what }) => `${line(file)}: ${what}, no timeline; not checked`),
  ];
  return `${lines.join("\n")}\n`;
}

function fileText(checked: CheckedFile, findings: readonly Finding[]): string[] {
  const own = findings.filter(({ file }) => file === checked.file);
  return [`${line(checked.file)}: ${contentText(checked)}; ${countsText(own)}`, ...own.map(findingText)];
}

function contentText({ kind, clips, markers }: CheckedFile): string {
  if (kind === undefined) return "not read";
  return kind === "cuts"
    ? `${count(clips, "clip")}, ${count(markers, "marker")}`
    : `a list of ${count(markers, "marker")}, no cuts`;
}

function countsText(findings: readonly Finding[]): string {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  if (findings.length === 0) return "nothing wrong";
  return [
    ...(errors === 0 ? [] : [count(errors, "error")]),
    ...(errors === findings.length ? [] : [count(findings.length - errors, "warning")]),
  ].join(", ");
}

function findingText({ severity, rule, place, what, consequence }: Finding): string {
  return `  ${severity}: ${place}: ${line(what)} [${rule}]\n    ${line(consequence)}`;
}

function line(text: string): string {
  return oneLine(unsigned(text));
}

/** The same for a calling program. */
export function checkJson({ files, folders, skipped, findings }: Checked): string {
  const told = findings.map(({ file, what, ...rest }) => ({ ...rest, file: unsigned(file), what: unsigned(what) }));
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const named = <T extends { readonly file: string }>(all: readonly T[]) =>
    all.map(({ file, ...rest }) => ({ file: unsigned(file), ...rest }));
  const inFolders = folders.map(({ folder, timelines }) => ({ folder: unsigned(folder), timelines }));
  const counts = { errors, warnings: findings.length - errors };
  return `${JSON.stringify({ files: named(files), folders: inFolders, skipped: named(skipped), findings: told, ...counts })}\n`;
}
