/**
 * Parts of JSON as text, so that recorded values are served exactly as they were recorded: `1.0` stays `1.0`, and a
 * number of twenty digits keeps them all. The text must be JSON already (`JSON.parse` took it).
 */

// Strings whole, so that brackets and commas inside them do not count.
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{},]/gs;

/** The elements of a list. */
export function elementTexts(list: string): string[] {
  return parts(list);
}

/** The members of an object: key to value. The last of equal keys counts, as everywhere in JSON. */
export function memberTexts(object: string): Map<string, string> {
  return new Map(
    parts(object).map((part) => {
      const key = (part.match(token) as RegExpMatchArray)[0] as string;
      return [JSON.parse(key) as string, part.slice(key.length).replace(/^\s*:\s*/, "")];
    }),
  );
}

function parts(container: string): string[] {
  const found: string[] = [];
  let [depth, start] = [0, 0];
  for (const { 0: sign, index } of container.matchAll(token)) {
    const opens = sign === "[" || sign === "{";
    const closes = sign === "]" || sign === "}";
    if (opens && ++depth === 1) start = index + 1;
    if (depth === 1 && (closes || sign === ",")) {
      found.push(container.slice(start, index).trim());
      start = index + 1;
    }
    if (closes) depth--;
  }
  return found.filter((part) => part !== "");
}

/** An object of members that are JSON texts already. */
export function objectText(members: Iterable<readonly [key: string, value: string]>): string {
  return `{${Array.from(members, ([key, value]) => `${JSON.stringify(key)}:${value}`).join(",")}}`;
}

export function listText(elements: readonly string[]): string {
  return `[${elements.join(",")}]`;
}
