import { csv } from "./csv.js";
import { edl } from "./edl.js";
import { fcp7xml } from "./fcp7-xml.js";
import { fcpxml } from "./fcpxml.js";
import { otio } from "./otio.js";
import { otiod, otioz } from "./otio-bundle.js";
import type { FormatId, Writer } from "./writer.js";

/** Every format facecut writes. A new format is a row here and nothing else. */
export const writers: Readonly<Record<FormatId, Writer>> = { otio, fcpxml, edl, fcp7xml, csv, otioz, otiod };

/** Formats and companions that hold all timelines of a plan in one file; the others write a file each. */
export const holdsAllTimelines: ReadonlySet<string> = new Set(["fcpxml", "fcp7xml", "ale"]);
