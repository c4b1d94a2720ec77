// templates/template.schema.json and the tables of docs/templates.md, made from the code's own tables.

const snake = (key) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const entries = (object, make) => Object.fromEntries(Object.entries(object).map(([key, value]) => [snake(key), make(value)]));
const closed = (properties, more = {}) => ({ type: "object", ...more, properties, additionalProperties: false });
const text = (description) => ({ type: "string", description });

/** The JSON Schema of a template file, for editors that complete and check JSON. */
export function templateSchema({ exportOptions, quirks, companions, importFiles }) {
  const options = Object.fromEntries(Object.entries(exportOptions).filter(([, row]) => row.inTemplate));
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "facecut template",
    ...closed({
      $schema: text("Where this schema is"),
      extends: text(
        "A template that comes with facecut, or the path of another from this file's folder; this one changes what it takes over",
      ),
      description: text("One line: what the template is for"),
      options: closed(
        entries(options, ({ describe, default: value }) => ({
          ...text(describe),
          ...(value === undefined ? {} : { default: value }),
        })),
        { description: "Options of facecut export, as texts" },
      ),
      dialect: closed(
        entries(quirks, (rows) => closed(entries(rows, choice))),
        {
          description: "How the formats are spelled for the program",
        },
      ),
      companions: {
        description: "Files that are written beside the timelines",
        type: "array",
        items: { enum: Object.keys(companions) },
        uniqueItems: true,
      },
      import: {
        description: "What an editor does with the files; told after an export",
        type: "array",
        items: closed(
          {
            file: { description: "A format or companion", enum: importFiles },
            menu: text("Where in the program's menus"),
            first: text("What to set before; {rate}, {size} and {start} stand for the timeline's"),
          },
          { required: ["file", "menu"] },
        ),
      },
    }),
  };
}

function choice({ values, decides, programs, without }) {
  return { description: `${decides}. For: ${programs}. Without it: ${without}`, enum: values, default: values[0] };
}

const cell = (value) => String(value).replaceAll("|", "\\|");
const table = (header, rows) =>
  [header, header.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n");

/** Markdown by section name for docs/templates.md. */
export function templateSections({ quirks, companions }) {
  const evidence = { manual: "manual", export: "real export", issue: "issue", unverified: "**unverified**" };
  const rows = Object.entries(quirks).flatMap(([group, keys]) =>
    Object.entries(keys).map(([key, row]) => [
      `\`${snake(group)}.${snake(key)}\``,
      row.values.map((value) => `\`${value}\``).join(" "),
      row.decides,
      row.programs,
      row.without,
      `${evidence[row.evidence]}: ${row.source}`,
    ]),
  );
  return {
    dialect: table(["key", "values, default first", "decides", "for", "without it", "known from"], rows),
    companions: table(
      ["companion", "what it is", "for", "known from"],
      Object.entries(companions).map(([id, { label, programs, source }]) => [`\`${id}\``, label, programs, source]),
    ),
  };
}
