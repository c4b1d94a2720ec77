import { create } from "xmlbuilder2";
import type { XMLBuilder } from "xmlbuilder2/lib/interfaces.js";
import { oneLine } from "../text.js";

/**
 * XML in two ways that look the same: the outer elements of a document are built with xmlbuilder2, and what
 * repeats inside them is written as text by {@link element}, in pieces, so that no whole document is in memory.
 */

/** Attributes in the order they are written; undefined ones are left out. */
type Attributes = Readonly<Record<string, string | number | Verbatim | undefined>>;

/** Text with nothing to escape, such as a time: looking for it would cost more than all the rest. */
export interface Verbatim {
  readonly verbatim: string;
}

const references: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

// Most text has nothing to escape and nothing that oneLine() would change; one plain class finds that out several times faster.
const suspect = /[^ !#-%(-;=?-~\u00A0-\u2027\u202F-\u2065\u206A-\uD7FF\uE000-\uFFFD]/;

function reference(character: string): string {
  return references[character] as string;
}

// One line, which also leaves out all that XML 1.0 (section 2.2, Char) forbids.
function escapeAttribute(value: string): string {
  return suspect.test(value) ? oneLine(value).replace(/[&<>"']/g, reference) : value.trim();
}

function escapeText(text: string): string {
  return suspect.test(text) ? oneLine(text).replace(/[&<>]/g, reference) : text.trim();
}

const indents = Array.from({ length: 20 }, (_, depth) => "  ".repeat(depth));

function indent(depth: number): string {
  return indents[depth] ?? "  ".repeat(depth);
}

/** An element on lines of its own, `depth` levels in; `children` are whole lines one level deeper. */
export function element(depth: number, name: string, attributes: Attributes = {}, children = ""): string {
  const open = `${indent(depth)}<${name}${attributesText(attributes)}`;
  return children === "" ? `${open}/>\n` : `${open}>\n${children}${indent(depth)}</${name}>\n`;
}

/** An element that holds text only, on one line. */
export function textElement(depth: number, name: string, text: string | number): string {
  const escaped = escapeText(String(text));
  return `${indent(depth)}<${name}${escaped === "" ? "/>" : `>${escaped}</${name}>`}\n`;
}

function attributesText(attributes: Attributes): string {
  let text = "";
  for (const name in attributes) {
    const value = attributes[name];
    if (value !== undefined) text += ` ${name}="${attributeText(value)}"`;
  }
  return text;
}

function attributeText(value: string | number | Verbatim): string | number {
  if (typeof value === "string") return escapeAttribute(value);
  return typeof value === "number" ? value : value.verbatim;
}

/** A place in the shell where text comes in pieces: whole lines, `depth` levels in. Read once, in document order. */
export type Slot = (depth: number) => Iterable<string>;

/** An element of a document's shell: it is there once, or once a timeline, and fits in memory. */
export interface Shell {
  readonly name: string;
  readonly attributes: Attributes;
  readonly content: string | number | readonly (Shell | Slot)[];
}

export function shell(name: string, attributes: Attributes, content: Shell["content"] = []): Shell {
  return { name, attributes, content };
}

/** A whole document, piece by piece: declaration, doctype, the shell, and what its slots yield when their turn comes. */
export function* xmlDocument(root: Shell): Generator<string> {
  const document = create({ encoding: "UTF-8" });
  document.dtd({ name: root.name });
  const slots: Slot[] = [];
  addShell(document, root, slots);
  // Names are escaped, so `<?` comes from placeholders alone.
  const pieces = `${document.end({ prettyPrint: true })}\n`.split(/( *)<\?facecut-slot \d+\?>\n/);
  for (const [index, piece] of pieces.entries()) {
    // Pieces of the shell alternate with the indentation of the slot that follows.
    if (index % 2 === 0) yield piece;
    else yield* (slots[(index - 1) / 2] as Slot)(piece.length / 2);
  }
}

function addShell(parent: XMLBuilder, { name, attributes, content }: Shell, slots: Slot[]): void {
  const node = parent.ele(name);
  // xmlbuilder2 leaves what looks like a reference as it is (`&amp;` stays `&amp;`, and `&nope;` breaks the document),
  // so it gets text that is escaped already.
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) node.att(key, String(attributeText(value)));
  }
  if (typeof content !== "object") {
    node.txt(escapeText(String(content)));
    return;
  }
  for (const child of content) {
    if (typeof child === "function") node.ins("facecut-slot", String(slots.push(child)));
    else addShell(node, child, slots);
  }
}
