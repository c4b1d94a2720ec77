// `npm run docs`: writes the generated sections of README.md anew.
import { readFileSync, writeFileSync } from "node:fs";
import { errorCodes, exitMeanings } from "../dist/errors.js";
import * as options from "../dist/options.js";
import { timelineRates } from "../dist/time/frame-rate.js";
import { writers } from "../dist/write/writers.js";
import { readmeSections, withSections } from "./readme-sections.mjs";

const file = new URL("../README.md", import.meta.url);
const sections = readmeSections({ options, errorCodes, exitMeanings, writers, timelineRates });
writeFileSync(file, withSections(readFileSync(file, "utf8"), sections));
