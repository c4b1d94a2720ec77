import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { create } from "xmlbuilder2";
import { oneLine } from "../../src/text.js";
import { element, shell, textElement, xmlDocument } from "../../src/write/xml.js";
import { at, attribute, readXml, textAt } from "../support/read-xml.js";
import { sweep } from "../support/sweep.js";

interface Tree {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly content: string | readonly Tree[];
}

const odd = [
  "&",
  "<",
  ">",
  '"',
  "'",
  "\t",
  "\n",
  "\r",
  "&amp;",
  "&#10;",
  "&nope;",
  "]]>",
  "\u0001",
  "\u0085",
  "\u2028",
  "\u202E",
  "\u2066",
  "\uD83D",
  "\uDE00",
  "\uFFFE",
  "😀",
  "王",
  " ",
];
const text = fc.array(fc.oneof(fc.constantFrom(...odd), fc.string({ maxLength: 3 }))).map((parts) => parts.join(""));
const name = fc.constantFrom("clip", "marker", "media-rep", "in");
const attributes = fc.dictionary(fc.constantFrom("id", "name", "start", "note"), fc.oneof(text, fc.integer()), {
  noNullPrototype: true,
});
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.record({
    name,
    attributes: attributes.map((record) => ({ ...record })),
    content: fc.oneof({ maxDepth: 3 }, text, fc.array(tie("tree"), { maxLength: 3 })),
  }),
}));

function ours({ name, attributes, content }: Tree, depth: number): string {
  if (typeof content !== "string")
    return element(depth, name, attributes, content.map((child) => ours(child, depth + 1)).join(""));
  const line = textElement(depth, name, content);
  // Elements with both text and attributes are not written anywhere; the comparison adds them by hand.
  return line.replace(`<${name}`, () => element(0, name, attributes).replace(/\/>\n$/, ""));
}

/** What ours escapes and xmlbuilder2 does not. `&` is a difference only where a reference seems to begin. */
const apostrophe = "\uE001";
const everywhere = /&(?=#?[A-Za-z0-9]+;)/g;

/** xmlbuilder2's own output for the tree's texts on one line, with just those differences made by way of private-use stand-ins. */
function theirs(tree: Tree): string {
  const document = create();
  // With a character taken out, what is left may begin to look like a reference.
  const hideAmpersands = (value: string) => oneLine(value).replace(everywhere, "\uE000");
  const hide = (value: string) => hideAmpersands(value).replaceAll("'", apostrophe);
  const add = (parent: ReturnType<typeof create>, { name, attributes, content }: Tree) => {
    const node = parent.ele(name);
    for (const [key, value] of Object.entries(attributes)) node.att(key, hide(String(value)));
    if (typeof content === "string") node.txt(hideAmpersands(content));
    else for (const child of content) add(node, child);
  };
  add(document, tree);
  const output = `${document.end({ prettyPrint: true, headless: true })}\n`;
  return output.replaceAll("\uE000", "&amp;").replaceAll(apostrophe, "&apos;");
}

describe("element", () => {
  it("writes what xmlbuilder2 writes, byte for byte, but for the escapes listed", () => {
    fc.assert(
      fc.property(tree, (tree) => {
        // Private-use characters stand in for others here, so none may come from the generator.
        fc.pre(!/[\uE000\uE001]/.test(JSON.stringify(tree)));
        expect(ours(tree, 0)).toBe(theirs(tree));
      }),
      { numRuns: sweep(100, 1000) },
    );
  });

  it("gives back every text when read, on one line", () => {
    fc.assert(
      fc.property(text, (value) => {
        const written = element(0, "clip", { name: value }, textElement(1, "name", value));
        expect(attribute(readXml(written), "name")).toBe(oneLine(value));
        expect(textAt(readXml(written), "name")).toBe(oneLine(value));
      }),
    );
  });

  it("indents by depth and leaves undefined attributes out", () => {
    expect(element(2, "gap", { lane: undefined, start: { verbatim: "3600s" }, n: 0 })).toBe('    <gap start="3600s" n="0"/>\n');
    expect(element(1, "a", {}, textElement(2, "b", 5))).toBe("  <a>\n    <b>5</b>\n  </a>\n");
    expect(textElement(25, "b", "")).toBe(`${"  ".repeat(25)}<b/>\n`);
  });
});

describe("xmlDocument", () => {
  const lines = (depth: number) => [element(depth, "one"), element(depth, "two")];

  it("puts what slots yield where the slots are, at their depth", () => {
    const document = shell("root", { version: 1 }, [
      lines,
      shell("in", {}, [lines, shell("name", {}, "x")]),
      shell("none", {}, [() => []]),
    ]);
    expect([...xmlDocument(document)].join("")).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE root>
<root version="1">
  <one/>
  <two/>
  <in>
    <one/>
    <two/>
    <name>x</name>
  </in>
  <none>
  </none>
</root>
`);
  });

  it("asks a slot for one piece at a time, after what stands before it", () => {
    const asked: number[] = [];
    const slot = function* () {
      for (let n = 1; ; n++) {
        asked.push(n);
        yield `${n}\n`;
      }
    };
    const pieces = xmlDocument(shell("root", {}, [slot]));
    expect(pieces.next().value).toMatch(/<root>\n$/);
    expect(asked).toEqual([]);
    expect([pieces.next().value, pieces.next().value]).toEqual(["1\n", "2\n"]);
    expect(asked).toEqual([1, 2]);
  });

  it("keeps any name in the shell, even one that looks like a reference or a placeholder", () => {
    for (const name of ["&amp;", "&nope;", "<?facecut-slot 1?>\n", `a'b"<>&/\\`, "\uE000王😀"]) {
      const document = [...xmlDocument(shell("root", { name }, [lines, shell("name", {}, name)]))].join("");
      expect(attribute(readXml(document), "name")).toBe(oneLine(name));
      expect(at(readXml(document), "name").map((element) => element.text)).toEqual([oneLine(name)]);
    }
  });

  it("drops what XML cannot hold from names in the shell", () => {
    const document = [...xmlDocument(shell("root", { name: "a\u0001b\uD800" }, "c\uFFFFd"))].join("");
    expect(document).toContain('<root name="ab">cd</root>');
  });
});
