import type { Checked } from "./check/check-files.js";
import type { CheckedFile, Finding } from "./check/finding.js";
import { count, oneLine, unsigned } from "./text.js";

/** What was found, file by file, then how much of it. */
export function checkText({ files, findings }: Checked): string {
  const ofNoFile = findings.filter((finding) => !files.some(({ file }) => file === finding.file));
  const lines = [...files.flatMap((file) => fileText(file, findings)), ...ofNoFile.map(findingText)];
  return `${lines.join("\n")}\n`;
}

function fileText(checked: CheckedFile, findings: readonly Finding[]): string[] {
  const own = findings.filter(({ file }) => file === checked.file);
  return [`${line(checked.file)}: ${contentText(checked)}; ${countsText(own)}`, ...own.map(findingText)];
}

function contentText({ format, clips, markers }: CheckedFile): string {
  return format === undefined ? "not read" : `${count(clips, "clip")}, ${count(markers, "marker")}`;
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
export function checkJson({ files, findings }: Checked): string {
  const told = findings.map(({ file, what, ...rest }) => ({ ...rest, file: unsigned(file), what: unsigned(what) }));
  const errors = findings.filter(({ severity }) => severity === "error").length;
  return `${JSON.stringify({ files: files.map(({ file, ...rest }) => ({ file: unsigned(file), ...rest })), findings: told, errors, warnings: findings.length - errors })}\n`;
}
