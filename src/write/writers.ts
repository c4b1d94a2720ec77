import { csv } from "./csv.js";
import { edl } from "./edl.js";
import { fcp7xml } from "./fcp7-xml.js";
import { fcpxml } from "./fcpxml.js";
import type { FormatId } from "./formats.js";
import { otio } from "./otio.js";
import { otiod, otioz } from "./otio-bundle.js";
import type { Writer } from "./writer.js";

/** The writers of all formats. */
export const writers: Readonly<Record<FormatId, Writer>> = { otio, fcpxml, edl, fcp7xml, csv, otioz, otiod };
