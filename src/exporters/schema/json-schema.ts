/** A JSON Schema, draft 2020-12. */
export type Schema = Readonly<Record<string, unknown>>;

/** A text. */
export const text: Schema = { type: 'string' };
/** A whole number from 0. */
export const whole: Schema = { type: 'integer', minimum: 0 };
/** A whole number, also below 0. */
export const integer: Schema = { type: 'integer' };
/** A line number, from 1. */
export const line: Schema = { type: 'integer', minimum: 1 };
/** A number between 0 and 1. */
export const share: Schema = { type: 'number', minimum: 0, maximum: 1 };
/** Yes or no. */
export const flag: Schema = { type: 'boolean' };
/** A wall-clock time, ISO 8601, with a zone only if the transcript gives one. */
export const time: Schema = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?(?:Z|[+-]\\d{2}:\\d{2})?$',
};

/** One of these texts. */
export function oneOf(...values: readonly string[]): Schema {
  return { enum: values };
}

/** The schema, or null where the transcript does not say. */
export function orNull(schema: Schema): Schema {
  return { anyOf: [schema, { type: 'null' }] };
}

/** A list of such items. */
export function listOf(items: Schema): Schema {
  return { type: 'array', items };
}

/** The definition of that name. */
export function ref(name: string): Schema {
  return { $ref: `#/$defs/${name}` };
}

/** The schema with what it means. */
export function described(description: string, schema: Schema): Schema {
  return { ...schema, description };
}

/**
 * An object that has all fields of `T`; the compiler sees to it that none is missing or too many. Others may be added in later
 * versions, so they are allowed. `optional` fields may be absent.
 */
export function objectOf<T>(
  properties: { readonly [Name in keyof Required<T>]: Schema },
  optional: readonly (keyof T)[] = [],
): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name as keyof T));
  return { type: 'object', properties, required };
}
