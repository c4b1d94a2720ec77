import fc from "fast-check";
import { dialectGroups, quirksOf } from "../../src/write/dialect.js";
import type { Dialect } from "../../src/write/writer.js";

/** Any choice of values for the rows of the quirk table. */
export const anyDialect = fc.record(
  Object.fromEntries(
    dialectGroups.map((group) => {
      const rows = Object.entries(quirksOf(group)).map(([key, { values }]) => [key, fc.constantFrom(...values)]);
      return [group, fc.record(Object.fromEntries(rows))];
    }),
  ),
) as unknown as fc.Arbitrary<Dialect>;
