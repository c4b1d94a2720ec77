import { FacecutError } from "../errors.js";

/** Something is wrong with a media map: always `bad-media-map`. */
export function badMediaMap(what: string, where: string, cure: string): FacecutError {
  return new FacecutError("bad-media-map", { what, where, cure });
}
