import { csvText } from "../csv-text.js";
import { displayWidth, padded } from "../display-width.js";
import type { Summary, SummaryRow } from "../map/summary.js";
import { oneLine, shortened } from "../text.js";
import { decimalText } from "../time/fraction.js";

/** The tables of a summary, by the word that stands for each of their rows. */
function tables({ people, media, expressions }: Summary) {
  return [
    ["person", people],
    ["file", media],
    ["expression", expressions],
  ] as const;
}

const longestName = 40;
const mostRows = 20;

/** A table for people: name, seconds on screen, clips. */
export function summaryText(summary: Summary): string {
  return tables(summary)
    .map(([head, rows]) => tableText(head, rows))
    .join("\n");
}

function tableText(head: string, rows: readonly SummaryRow[]): string {
  const lines = rows
    .slice(0, mostRows)
    .map(({ name, clips, seconds }) => [shortened(name, longestName), `${decimalText(seconds, 1)} s`, String(clips)] as const);
  const all = [[head, "on screen", "clips"] as const, ...lines];
  const width = (column: 0 | 1 | 2) => Math.max(...all.map((line) => displayWidth(line[column])));
  const [first, second, third] = [width(0), width(1), width(2)];
  const text = all.map(([a, b, c]) => `  ${padded(a, first)}  ${b.padStart(second)}  ${c.padStart(third)}\n`).join("");
  return rows.length > mostRows ? `${text}  and ${rows.length - mostRows} more\n` : text;
}

/** A CSV of all rows: what it is about (`person`, `file`, `expression`), name, seconds to the millisecond, clips. */
export function summaryCsv(summary: Summary): string {
  const rows = tables(summary).flatMap(([kind, all]) =>
    all.map(({ name, clips, seconds }) => [kind, { text: name }, decimalText(seconds, 3), String(clips)]),
  );
  return csvText(["kind", "name", "seconds_on_screen", "clips"], rows);
}

/** The same for the report. */
export function summaryRows(summary: Summary): Readonly<Record<"people" | "media" | "expressions", readonly object[]>> {
  const { people, media, expressions } = summary;
  const shown = ({ clips, seconds }: SummaryRow) => ({ seconds_on_screen: Number(decimalText(seconds, 3)), clips });
  return {
    people: people.map((row) => ({ name: row.name, entity_id: row.entityId ?? null, ...shown(row) })),
    media: media.map((row) => ({ name: row.name, media_id: oneLine(row.mediaId ?? ""), ...shown(row) })),
    expressions: expressions.map((row) => ({ name: row.name, ...shown(row) })),
  };
}
