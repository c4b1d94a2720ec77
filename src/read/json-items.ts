import { Container, type Item } from "./json-container.js";
import { deepest, longestToken, unreadable } from "./unreadable.js";

/**
 * JSON of any length in the memory of its parts: objects in a list of one of the names `lists` are cut out, parsed alone,
 * and given to `make` as soon as they are complete. What is made of the root is the result.
 */
export interface JsonItems<T> {
  /** How many characters of the object around the list must have come before those in the list are cut out. */
  readonly lists: ReadonlyMap<string, number>;
  /** What to keep of an object. `place` is its JSON path; `madeOf` gives what was made of the objects of a list in it. */
  readonly make: (value: JsonObject, place: string, madeOf: MadeOf<T>) => T;
}

export type JsonObject = Readonly<Record<string, unknown>>;
export type MadeOf<T> = (list: unknown, path: string) => T[];

/** Reads a document; throws `bad-timeline` when it is no JSON object, or made to do harm. */
export function readJson<T>(chunks: Iterable<string>, file: string, items: JsonItems<T>): T {
  const cutter = new JsonCutter(file, items);
  for (const chunk of chunks) cutter.write(chunk);
  return cutter.end();
}

const [quote, comma, openList, closeList, openObject, closeObject, backslash, newline, blank] = [
  34, 44, 91, 93, 123, 125, 92, 10, 32,
];
const longestItem = 4 * longestToken;

class JsonCutter<T> {
  readonly #file: string;
  readonly #items: JsonItems<T>;
  #open: Container<T> | undefined;
  #depth = 0;
  /** Objects that are cut out and open, the innermost last. */
  readonly #cut: Item<T>[] = [];
  /** The text at hand, and how far it is understood. */
  #text = "";
  #at = 0;
  /** Where that begins which no item has yet. */
  #from = 0;
  /** Where the string begins that is not complete. */
  #stringStart = -1;
  /** The last complete string, with its quotes: the key of a container that follows. Its place in the text at hand... */
  #lastStart = 0;
  #lastEnd = 0;
  /** ...or what it was in the one before. */
  #lastString: string | undefined = "";
  #line: number;
  /** The path of the root. */
  readonly #root: string;
  /** Characters since something was complete. */
  #idle = 0;
  #result: { readonly made: T } | undefined;

  constructor(file: string, items: JsonItems<T>, root = "$", line = 1) {
    this.#file = file;
    this.#items = items;
    this.#root = root;
    this.#line = line;
  }

  write(chunk: string): void {
    this.#text += chunk;
    this.#idle += chunk.length;
    this.#scan();
    if (this.#idle > longestToken) this.#refuse("there are more than 16 MB without an object");
    this.#lastString ??= this.#text.slice(this.#lastStart, this.#lastEnd);
    const rest = this.#stringStart < 0 ? this.#at : this.#stringStart;
    this.#take(rest);
    this.#text = this.#text.slice(rest);
    this.#at -= rest;
    this.#from = 0;
    if (this.#stringStart >= 0) this.#stringStart = 0;
  }

  end(): T {
    return this.#result === undefined ? this.#refuse("it ends too early") : this.#result.made;
  }

  #scan(): void {
    const text = this.#text;
    if (this.#stringStart >= 0 && !this.#stringEnds(text)) return;
    let at = this.#at;
    for (; at < text.length; at++) {
      const character = text.charCodeAt(at);
      if (isFiller(character) && this.#open !== undefined) continue;
      if (character === quote) {
        this.#stringStart = at;
        if (!this.#stringEnds(text)) return;
        at = this.#at - 1;
      } else if (isBracket(character)) this.#bracket(character, at);
      else if (character === comma && this.#open !== undefined) this.#open.commas++;
      else if (character === newline) this.#line++;
      if (character > blank && this.#open === undefined && character !== closeObject) this.#refuse("it is no object");
    }
    this.#at = at;
  }

  #bracket(character: number, at: number): void {
    this.#at = at;
    if (character === openObject || character === openList) this.#opened(character === openList);
    else this.#closed(character === closeList);
  }

  /** Goes to the end of the open string; false when it is not there yet. */
  #stringEnds(text: string): boolean {
    for (let end = Math.max(this.#at, this.#stringStart + 1); ; end++) {
      end = text.indexOf('"', end);
      this.#at = end < 0 ? text.length : end + 1;
      if (end < 0) return false;
      let slashes = 0;
      while (text.charCodeAt(end - 1 - slashes) === backslash) slashes++;
      if (slashes % 2 === 0) break;
    }
    this.#lastStart = this.#stringStart;
    this.#lastEnd = this.#at;
    this.#lastString = undefined;
    this.#stringStart = -1;
    return true;
  }

  #opened(isList: boolean): void {
    const parent = this.#open;
    if (parent === undefined && (isList || this.#result !== undefined)) this.#refuse("it is not one object");
    if (++this.#depth > deepest) this.#refuse(`more than ${deepest} objects lie inside one another`);
    const isCut = !isList && (parent === undefined || (parent.isList && this.#isCutOf(parent.key ?? "")));
    if (isCut) this.#take(this.#at);
    const item = isCut ? { text: "", line: this.#line, made: new Map<string, T[]>() } : undefined;
    if (item !== undefined) this.#cut.push(item);
    const key = parent?.isList === false ? this.#key() : undefined;
    this.#open = parent?.opened(isList, key, item) ?? new Container<T>(undefined).begun(isList, this.#root, 0, item);
    // Of a key that is there twice, the last one counts.
    if (isList && this.#items.lists.has(key ?? "")) this.#cut.at(-1)?.made.delete(this.#open.path());
  }

  /** Whether an object is cut out that opens in a list of this name. */
  #isCutOf(list: string): boolean {
    const enough = this.#items.lists.get(list);
    return enough !== undefined && (this.#cut.at(-1)?.text.length ?? 0) + this.#at - this.#from >= enough;
  }

  #closed(isList: boolean): void {
    const container = this.#open;
    if (container?.isList !== isList) this.#refuse("its brackets do not match");
    this.#idle = this.#text.length - this.#at;
    if (container.item !== undefined) this.#itemClosed(container.item, container);
    this.#open = container.parent;
    this.#depth--;
  }

  #itemClosed(item: Item<T>, container: Container<T>): void {
    this.#take(this.#at + 1);
    this.#cut.pop();
    const place = container.path();
    const madeOf = (list: unknown, path: string) => this.#madeOf(list, path, item.made, madeOf);
    const made = this.#items.make(this.#parse(item.text) ?? this.#refuseItem(item, place), place, madeOf);
    const outer = this.#cut.at(-1);
    if (outer === undefined || container.parent === undefined) this.#result = { made };
    else {
      // As many lines as it had, so that a fault behind it is found on its own.
      outer.text += `null${"\n".repeat(this.#line - item.line)}`;
      const list = container.parent.path();
      const inList = outer.made.get(list) ?? [];
      inList[container.index] = made;
      outer.made.set(list, inList);
    }
  }

  /** What was made of the objects of a list that were cut out, and is made of the others. */
  #madeOf(list: unknown, path: string, cut: ReadonlyMap<string, readonly T[]>, madeOf: MadeOf<T>): T[] {
    if (!Array.isArray(list)) return [];
    const made = cut.get(path);
    return list.flatMap((entry, i) => {
      if (typeof entry !== "object" || Array.isArray(entry)) return [];
      const one = entry === null ? made?.[i] : this.#items.make(entry, `${path}[${i}]`, madeOf);
      return one === undefined ? [] : [one];
    });
  }

  /** Gives the text up to `end` to the innermost item. */
  #take(end: number): void {
    const item = this.#cut.at(-1);
    if (item !== undefined) item.text += this.#text.slice(this.#from, end);
    if (item !== undefined && item.text.length > longestItem) this.#refuse("an object is longer than 64 MB");
    this.#from = end;
  }

  #key(): string {
    const text = this.#lastString ?? this.#text.slice(this.#lastStart, this.#lastEnd);
    return text.includes("\\") ? String(this.#parse(text) ?? this.#refuse("a key is no text")) : text.slice(1, -1);
  }

  /** Undefined when it cannot be parsed. */
  #parse(text: string): JsonObject | undefined {
    try {
      return JSON.parse(text);
    } catch {
      return parseLenient(text);
    }
  }

  /** Says where in an item the fault is: by cutting out all that can be, so that the smallest is found that has it. */
  #refuseItem({ text, line }: Item<T>, place: string): never {
    const lists = new Map([...this.#items.lists.keys()].map((name) => [name, 0]));
    const isSmallest = [...this.#items.lists.values()].every((enough) => enough === 0);
    if (!isSmallest) new JsonCutter(this.#file, { lists, make: () => null }, place, line).write(text);
    this.#refuse(`there is a fault in ${place}`);
  }

  #refuse(reason: string): never {
    throw unreadable(this.#file, `line ${this.#line}`, `The JSON cannot be read: ${reason}`);
  }
}

/** Blanks, and what numbers and words are made of: most of what is not in strings, and of no account. */
function isFiller(character: number): boolean {
  return character === blank || (character > comma && character < openList);
}

function isBracket(character: number): boolean {
  return character === openObject || character === closeObject || character === openList || character === closeList;
}

// OpenTimelineIO writes NaN and infinite numbers as bare words, which JSON does not have.
function parseLenient(text: string): JsonObject | undefined {
  const words = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Inf(?:inity)?)\b/g;
  try {
    return JSON.parse(text.replace(words, (found) => (found.startsWith('"') ? found : "null")));
  } catch {
    return undefined;
  }
}
