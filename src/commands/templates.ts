import { exitStatus, FacecutError } from "../errors.js";
import { given } from "../model/given.js";
import type { CommonOptions } from "../options.js";
import type { Streams } from "../streams.js";
import { templateJson, templatesJson, templatesText, templateText } from "../template-messages.js";
import { loadTemplate, shippedTemplates } from "../templates.js";

/** `facecut templates [NAME]`: which templates there are; what one of them, or a file, decides. */
export async function runTemplates(name: string | undefined, { json }: CommonOptions, streams: Streams): Promise<number> {
  if (name === undefined) {
    const templates = await Promise.all((await shippedTemplates()).map(loadTemplate));
    streams.out(json ? templatesJson(templates) : templatesText(templates));
  } else {
    const template = await loadTemplate(name).catch(blameName);
    streams.out(json ? templateJson(template) : templateText(template));
  }
  return exitStatus.done;
}

/** Here the template is named without the option by which an export is given one. */
function blameName(error: unknown): never {
  if (!(error instanceof FacecutError)) throw error;
  const { code, message: what, where, cure } = error;
  throw new FacecutError(code, { what, ...given({ where, cure }) });
}
