import { Type } from "typebox";

// Types as a list and times as plain text: the serializer would try each member of a union, and each format, on every value.
const TEXT_OR_NULL = ["string", "null"];
const TIME = { description: "ISO 8601 in UTC" };

export const Time = Type.String(TIME);
export const TimeOrNull = Type.Unsafe<string | null>({ type: TEXT_OR_NULL, ...TIME });
export const TextOrNull = Type.Unsafe<string | null>({ type: TEXT_OR_NULL });

export function nullable<Schema extends Type.TSchema>(schema: Schema, options: Type.TSchemaOptions = {}) {
	return Type.Union([schema, Type.Null()], options);
}
