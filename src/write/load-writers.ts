import type { FormatId } from "./formats.js";
import type { Writer } from "./writer.js";

// What the XML formats need takes longer to load than a short edit list takes to be made.
const load: Readonly<Record<FormatId, () => Promise<Writer>>> = {
  otio: async () => (await import("./otio.js")).otio,
  fcpxml: async () => (await import("./fcpxml.js")).fcpxml,
  edl: async () => (await import("./edl.js")).edl,
  fcp7xml: async () => (await import("./fcp7-xml.js")).fcp7xml,
  csv: async () => (await import("./csv.js")).csv,
  otioz: async () => (await import("./otio-bundle.js")).otioz,
  otiod: async () => (await import("./otio-bundle.js")).otiod,
};

/** The writers of these formats, and no others. */
export function loadWriters(ids: readonly FormatId[]): Promise<Writer[]> {
  return Promise.all(ids.map((id) => load[id]()));
}
