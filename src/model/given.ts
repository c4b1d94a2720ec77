/** The fields of T that may be undefined, made optional. */
type Given<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The object without the fields that are undefined, so that "not known" is written in one way only. */
export function given<T extends object>(fields: T): Given<T> {
  const result: Partial<T> = {};
  for (const key of Object.keys(fields) as (keyof T)[]) if (fields[key] !== undefined) result[key] = fields[key];
  return result as unknown as Given<T>;
}
