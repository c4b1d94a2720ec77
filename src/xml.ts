/** The writers of XML, beside `core.ts`: in a browser xmlbuilder2 needs the packages `events` and `url`. */

export { fcp7xml } from "./write/fcp7-xml.js";
export { fcpxml } from "./write/fcpxml.js";
