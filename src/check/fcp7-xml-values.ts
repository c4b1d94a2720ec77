import type { ClosedElement } from "../read/read-options.js";
import type { Fault, Watcher } from "./rule.js";

interface Words {
  /** The parents in which it is meant; any, when absent. */
  readonly parents?: readonly string[];
  readonly words: readonly string[];
}

const yesOrNo = { words: ["TRUE", "FALSE"] };

/** Texts that are one of a few words, by the name of their element. */
const rows: ReadonlyMap<string, Words> = new Map<string, Words>([
  ["ntsc", yesOrNo],
  ["enabled", yesOrNo],
  ["mediatype", { parents: ["link", "sourcetrack"], words: ["video", "audio"] }],
]);

/** Texts that are none of the words there are; programs take them in other letters too. */
export function valueWatcher(): Watcher {
  const faults: Fault[] = [];
  return {
    closed: (element) => {
      const row = rows.get(element.name);
      const wrong = row && wrongValue(element, row);
      if (wrong) faults.push({ place: `line ${element.line}`, what: wrong });
    },
    faults: () => faults,
  };
}

function wrongValue({ name, text, parent }: ClosedElement, { parents, words }: Words): string | undefined {
  const within = parent?.name ?? "";
  if (words.includes(text) || parents?.includes(within) === false) return undefined;
  if (words.some((word) => word.toLowerCase() === text.toLowerCase())) return undefined;
  return `The ${name} of a ${within} is "${text.slice(0, 40)}", not ${words.join(" or ")}`;
}
