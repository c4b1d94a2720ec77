/**
 * A small strict XML reader for tests: elements, attributes, text and the five named references. (xmlbuilder2's own
 * reader decodes `&amp;#10;` twice, to a line break.) Anything else in a document is an error here.
 */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  /** Text of an element without children. */
  text: string;
}

const token = /<\/([\w-]+)>|<([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/uy;
const head = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<!DOCTYPE \w+>\n/;

/** The root element of a document. Throws when it is not well-formed. */
export function readXml(text: string): XmlElement {
  const root: XmlElement = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  token.lastIndex = head.exec(text)?.[0].length ?? 0;
  while (token.lastIndex < text.length) {
    const place = token.lastIndex;
    const [, end, start, attributes = "", empty, characters] =
      token.exec(text) ?? fail(`at ${place}: ${text.slice(place, place + 40)}`);
    const parent = open.at(-1) as XmlElement;
    if (characters !== undefined) parent.text += decode(characters);
    else if (start !== undefined) {
      const element = { name: start, attributes: attributesOf(attributes), children: [], text: "" };
      parent.children.push(element);
      if (empty === "") open.push(element);
    } else if (open.pop()?.name !== end) fail(`</${end}> closes nothing`);
  }
  const [only, ...others] = root.children;
  return only !== undefined && others.length === 0 && open.length === 1 ? only : fail("no single root element");
}

function attributesOf(text: string): Record<string, string> {
  const found = [...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [
    name,
    decode(value.replace(/[\t\n\r]/g, " ")),
  ]);
  const attributes = Object.fromEntries(found);
  return Object.keys(attributes).length === found.length ? attributes : fail(`an attribute twice in${text}`);
}

const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decode(text: string): string {
  const illegal = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.exec(text);
  if (illegal) fail(`illegal character U+${illegal[0].codePointAt(0)?.toString(16)}`);
  return text.replace(/&(?:#(\d+);|(\w+);)?/g, (whole, code, name) =>
    code === undefined ? (named[name] ?? fail(`no reference: ${whole}`)) : String.fromCodePoint(Number(code)),
  );
}

function fail(what: string): never {
  throw new Error(`not well-formed: ${what}`);
}

/** An attribute's value; undefined when the element has none of that name. */
export function attribute({ attributes }: XmlElement, name: string): string | undefined {
  return attributes[name];
}

/** Children along a path such as `media/video/track`; every one that matches. */
export function at(element: XmlElement, path: string): XmlElement[] {
  let found = [element];
  for (const name of path.split("/")) found = found.flatMap(({ children }) => children.filter((child) => child.name === name));
  return found;
}

/** The text of the one element at a path; throws when there is not exactly one. */
export function textAt(element: XmlElement, path: string): string {
  const [found, ...others] = at(element, path);
  if (found === undefined || others.length > 0) throw new Error(`${found ? "several" : "no"} ${path} in <${element.name}>`);
  return found.text;
}

/** Every element of a name, however deep, in document order. */
export function all(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)]);
}
