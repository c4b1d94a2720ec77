import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { withSections } from "../scripts/readme-sections.mjs";
import { templateSchema, templateSections } from "../scripts/template-pages.mjs";
import { exportOptions } from "../src/options.js";
import { importFiles, templateFile, templateKeys, templateOptions } from "../src/templates/template-file.js";
import { shippedTemplates } from "../src/templates.js";
import { companions } from "../src/write/companions.js";
import { dialectGroups, quirks, quirksOf } from "../src/write/dialect.js";
import { root } from "./support/cli.js";

const schema = templateSchema({ exportOptions, quirks, companions, importFiles }) as Schema;

interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly required?: readonly string[];
}

/** Whether a value is as the few words of JSON Schema used here say. */
function isValid(value: unknown, { type, enum: values, properties, items, required = [] }: Schema): boolean {
  if (values !== undefined) return values.includes(value);
  if (type === "string") return typeof value === "string";
  if (type === "array") return Array.isArray(value) && value.every((one) => isValid(one, items as Schema));
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return (
    required.every((key) => key in value) &&
    entries.every(([key, one]) => Object.hasOwn(properties ?? {}, key) && isValid(one, properties?.[key] as Schema))
  );
}

const accepted = (json: unknown): boolean => {
  try {
    templateFile(json, "t.json");
    return true;
  } catch {
    return false;
  }
};

describe("the schema of templates", () => {
  it("is made of the code's own tables (npm run docs)", () => {
    expect(JSON.parse(readFileSync(join(root, "templates", "template.schema.json"), "utf8"))).toEqual(schema);
    expect(Object.keys(schema.properties ?? {})).toEqual([...templateKeys]);
    expect(Object.keys(schema.properties?.options?.properties ?? {}).length).toBe(templateOptions.length);
    const rows = dialectGroups.flatMap((group) => Object.keys(quirksOf(group)));
    const described = Object.values(schema.properties?.dialect?.properties ?? {}).flatMap((group) =>
      Object.keys(group.properties ?? {}),
    );
    expect(described.length).toBe(rows.length);
  });

  it("takes every template that comes with facecut", async () => {
    for (const name of await shippedTemplates()) {
      const json: unknown = JSON.parse(readFileSync(join(root, "templates", `${name}.json`), "utf8"));
      expect([name, isValid(json, schema)]).toEqual([name, true]);
    }
  });

  it.each([
    {},
    { extends: "resolve", dialect: { fcpxml: { version: "1.9" } } },
    { dialect: { fcpxml: { version: "1.8" } } },
    { dialect: { edl: { locators: false } } },
    { dialect: { edl: { locators: "no" } } },
    { options: { rate: "25" } },
    { options: { rate: 25 } },
    { options: { out: "x" } },
    { companions: ["ale"] },
    { companions: ["aaf"] },
    { import: [{ file: "ale", menu: "File" }] },
    { import: [{ file: "ale" }] },
    { imports: [] },
    [],
  ])("says of %j what facecut says", (json) => {
    expect(isValid(json, schema)).toBe(accepted(json));
  });
});

describe("docs/templates.md", () => {
  it("has the tables of the code (npm run docs)", () => {
    const page = readFileSync(join(root, "docs", "templates.md"), "utf8");
    expect(withSections(page, templateSections({ quirks, companions }))).toBe(page);
    expect(page).toContain("| `fcpxml.version` |");
  });
});
