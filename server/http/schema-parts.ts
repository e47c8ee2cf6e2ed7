import { Type } from "typebox";

// Types as a list and times as plain strings: the serializer would check each value against every member of a union,
// and every format.
const TEXT_OR_NULL = ["string", "null"];
const TIME = "ISO 8601 in UTC";

/** Marks a time for the dashboard's check, as TypeBox marks kinds: the serializer and /openapi.json do not see it. */
function asTime<Schema extends Type.TSchema>(schema: Schema): Schema {
	return Object.defineProperty(schema, "~time", { value: true });
}

export const describedTime = (description: string) => asTime(Type.String({ description }));
export const Time = describedTime(TIME);
export const TimeOrNull = asTime(Type.Unsafe<string | null>({ type: TEXT_OR_NULL, description: TIME }));
export const TextOrNull = Type.Unsafe<string | null>({ type: TEXT_OR_NULL });
/** A record of strings. `Type.Record` would do too, but brings all of TypeBox's type engine into the dashboard. */
export const Texts = Type.Unsafe<Record<string, string>>({
	type: "object",
	patternProperties: { "^.*$": Type.String() },
});

export function nullable<Schema extends Type.TSchema>(schema: Schema, options: Type.TSchemaOptions = {}) {
	return Type.Union([schema, Type.Null()], options);
}
