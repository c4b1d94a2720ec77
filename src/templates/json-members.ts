import { FacecutError } from "../errors.js";
import { nearest } from "../text.js";

/** Where in which template something stands: `$.options.rate` of a file. */
export interface Place {
  readonly file: string;
  readonly path: string;
}

export function inside({ file, path }: Place, key: string | number): Place {
  return { file, path: typeof key === "number" ? `${path}[${key}]` : `${path}.${key}` };
}

/** The members of a JSON object, none when it is absent; any but the known keys is refused with the nearest of them. */
export function members(value: unknown, place: Place, known: readonly string[]): Record<string, unknown> {
  if (value === undefined) return {};
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(place, value, "an object");
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    const near = nearest(key, known);
    const cure = near === undefined ? `Known here: ${known.join(", ")}` : `Did you mean "${near}"?`;
    throw refusal(`${place.file} ${place.path}`, `A template has no key "${key}" here`, cure);
  }
  return value as Record<string, unknown>;
}

export function items(value: unknown, place: Place): readonly unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  throw wrong(place, value, "a list");
}

export function textValue(value: unknown, place: Place): string {
  if (typeof value === "string") return value;
  throw wrong(place, value, "a text in quotation marks");
}

/** One of some values; a word that is none of them is refused with the nearest. */
export function oneOf<T extends string | boolean>(value: unknown, place: Place, values: readonly T[]): T {
  const found = values.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  const near =
    typeof value === "string"
      ? nearest(
          value,
          values.filter((word) => typeof word === "string"),
        )
      : undefined;
  const expected = values.map(String).join(" or ");
  throw wrong(place, value, expected, near === undefined ? undefined : `Did you mean "${near}"?`);
}

function wrong({ file, path }: Place, found: unknown, expected: string, cure = "Correct the template"): FacecutError {
  return refusal(`${file} ${path}`, `The value is ${JSON.stringify(found).slice(0, 60)}, not ${expected}`, cure);
}

export function refusal(where: string, what: string, cure: string): FacecutError {
  return new FacecutError("bad-template", { what, where, cure, option: "template" });
}
