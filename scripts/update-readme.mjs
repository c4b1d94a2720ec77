// `npm run docs`: writes the generated sections of README.md and docs/templates.md, and the templates' schema, anew.
import { readFileSync, writeFileSync } from "node:fs";
import { errorCodes, exitMeanings } from "../dist/errors.js";
import * as options from "../dist/options.js";
import { importFiles } from "../dist/templates/template-file.js";
import { timelineRates } from "../dist/time/frame-rate.js";
import { companions } from "../dist/write/companions.js";
import { quirks } from "../dist/write/dialect.js";
import { formats } from "../dist/write/formats.js";
import { readmeSections, withSections } from "./readme-sections.mjs";
import { templateSchema, templateSections } from "./template-pages.mjs";

const file = new URL("../README.md", import.meta.url);
const sections = readmeSections({ options, errorCodes, exitMeanings, formats, timelineRates });
writeFileSync(file, withSections(readFileSync(file, "utf8"), sections));

const page = new URL("../docs/templates.md", import.meta.url);
writeFileSync(page, withSections(readFileSync(page, "utf8"), templateSections({ quirks, companions })));

const { exportOptions } = options;
const schema = templateSchema({ exportOptions, quirks, companions, importFiles });
writeFileSync(new URL("../templates/template.schema.json", import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);
