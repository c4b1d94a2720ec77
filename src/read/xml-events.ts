import { SaxesParser } from "saxes";
import type { ClosedElement, OpenElement } from "./read-options.js";
import { deepest, longestToken, unreadable } from "./unreadable.js";

/**
 * XML element by element, from text in pieces: a document of any length in the memory of its open elements. Entities
 * are refused wherever they are declared, and nothing is ever fetched.
 */

/** An element with those of its children that the visitor kept. */
export interface XmlElement extends ClosedElement {
  readonly parent: XmlElement | undefined;
  children: readonly XmlElement[];
  /** The text of an element that holds nothing else, blanks at both ends cut off. */
  text: string;
}

export interface XmlVisitor {
  /** Names of elements of which there may be very many and nothing is kept. */
  readonly passing?: ReadonlySet<string> | undefined;
  /** An element begins: its attributes and ancestors are known. */
  readonly opened?: (element: XmlElement) => void;
  /** An element is complete. True keeps it among its parent's children. */
  readonly closed: (element: XmlElement) => boolean;
}

/** Reads a document; throws `bad-timeline` when it is not well-formed or is made to do harm. Returns its root element. */
export function readXml(chunks: Iterable<string>, file: string, visitor: XmlVisitor): XmlElement {
  const reader = new XmlReader(file, visitor);
  for (const chunk of chunks) reader.write(chunk);
  return reader.end();
}

const pieceLength = 64 * 1024;

// Most elements have none.
const noChildren: readonly XmlElement[] = [];

class XmlReader {
  readonly #parser = new SaxesParser({ xmlns: false, position: true });
  readonly #file: string;
  readonly #visitor: XmlVisitor;
  #root: XmlElement | undefined;
  #open: XmlElement | undefined;
  /** The open element, as long as nothing is known to be in it but this text. */
  #leaf: XmlElement | undefined;
  #leafText = "";
  #depth = 0;
  /** Line on which the tag being read begins. */
  #line = 1;
  /** Something ended in the piece at hand; else, where the last piece ended in which something did. */
  #hasEnded = false;
  #lastEnd = 0;

  constructor(file: string, visitor: XmlVisitor) {
    this.#file = file;
    this.#visitor = visitor;
    const parser = this.#parser;
    // No more than needed: with two more the parser's object is no longer a fast one, and all takes five times as long.
    parser.on("error", ({ message }) => this.#refuse(message.replace(/^\d+:\d+: /, "")));
    parser.on("doctype", (text) => this.#doctype(text));
    parser.on("opentagstart", () => this.#tagStarted());
    parser.on("opentag", (tag) => this.#opened(tag.name, tag.attributes));
    parser.on("closetag", () => this.#closed());
    parser.on("text", (text) => this.#text(text));
    parser.on("cdata", (text) => this.#text(text));
  }

  write(chunk: string): void {
    for (let from = 0; from < chunk.length; from += pieceLength) {
      this.#parser.write(chunk.slice(from, from + pieceLength));
      const { position } = this.#parser;
      if (this.#hasEnded) this.#lastEnd = position;
      else if (position - this.#lastEnd > longestToken) this.#refuse("there are more than 16 MB without an element");
      this.#hasEnded = false;
    }
  }

  end(): XmlElement {
    this.#parser.close();
    if (this.#root === undefined) return this.#refuse("there is no element");
    return this.#root;
  }

  // A document type is a name and perhaps a DTD's address, which is not looked up. Entities serve no timeline.
  #doctype(text: string): void {
    if (/<!ENTITY/i.test(text)) this.#refuse("it declares entities, which no timeline needs");
    this.#hasEnded = true;
  }

  #tagStarted(): void {
    this.#line = this.#parser.line;
    if (++this.#depth > deepest) this.#refuse(`more than ${deepest} elements lie inside one another`);
  }

  #opened(name: string, attributes: Record<string, string>): void {
    if (this.#visitor.passing?.has(name) !== true) {
      for (const key in attributes) attributes[key] = ownText(attributes[key] as string);
    }
    const element = { name, attributes, line: this.#line, parent: this.#open, children: noChildren, text: "" };
    this.#root ??= element;
    this.#open = element;
    this.#leaf = element;
    this.#leafText = "";
    this.#visitor.opened?.(element);
    this.#hasEnded = true;
  }

  #closed(): void {
    const element = this.#open as XmlElement;
    if (element === this.#leaf) element.text = ownText(this.#leafText.trim());
    this.#leaf = undefined;
    this.#depth--;
    this.#open = element.parent;
    if (this.#visitor.closed(element)) keep(element);
    this.#hasEnded = true;
  }

  #text(text: string): void {
    if (this.#leaf !== undefined) {
      this.#leafText += text;
      if (this.#leafText.length > longestToken) this.#refuse("an element has more than 16 MB of text");
    }
    this.#hasEnded = true;
  }

  #refuse(reason: string): never {
    throw unreadable(this.#file, `line ${this.#parser.line}`, `The XML cannot be read: ${reason}`);
  }
}

function keep(element: XmlElement): void {
  const { parent } = element;
  if (parent === undefined) return;
  if (parent.children === noChildren) parent.children = [element];
  else (parent.children as XmlElement[]).push(element);
}

/**
 * The text, cut loose from the piece it was read in: V8 keeps a part of a string as a reference to the whole, so that
 * one long name kept would keep 64 kB. Shorter parts it copies by itself.
 */
function ownText(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1);
}

/** The first child of a name. */
export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  if (element !== undefined) for (const one of element.children) if (one.name === name) return one;
  return undefined;
}

/** The first element along a path such as `media/video`. */
export function at(element: XmlElement | undefined, path: string): XmlElement | undefined {
  if (!path.includes("/")) return child(element, path);
  return path.split("/").reduce<XmlElement | undefined>((found, name) => child(found, name), element);
}

/** The text of the first element along a path; undefined when there is none or it is empty. */
export function textAt(element: XmlElement | undefined, path: string): string | undefined {
  return at(element, path)?.text || undefined;
}

export function placeOf({ line }: OpenElement): string {
  return `line ${line}`;
}

/** Its attributes, and texts and attributes of what was kept in it, by path: `rate/timebase`, `conform-rate/@srcFrameRate`. */
export function writtenIn(element: XmlElement, prefix = ""): Record<string, string> {
  const written: Record<string, string> = {};
  const sign = prefix ? "@" : "";
  for (const name in element.attributes) written[`${prefix}${sign}${name}`] ??= element.attributes[name] as string;
  for (const one of element.children) {
    const path = prefix + one.name;
    if (one.text !== "") written[path] ??= one.text;
    for (const [name, value] of Object.entries(writtenIn(one, `${path}/`))) written[name] ??= value;
  }
  return written;
}
