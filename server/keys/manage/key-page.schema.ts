import { Type } from "typebox";

import type { KeyDetails, KeyUsage } from "../../../shared/wire.ts";
import { describedTime, nullable } from "../../http/schema-parts.ts";
import { wireSchema } from "../../http/wire-schema.ts";
import { KeySchema } from "./keys.schema.ts";

export const KeyDetailsSchema = wireSchema<KeyDetails>()(
	Type.Object({
		key: KeySchema,
		replaces: nullable(KeySchema, { description: "The key it replaced" }),
		replacement: nullable(KeySchema, { description: "The newest key that replaced it" }),
	}),
);

const Hours = (description: string) => Type.Array(Type.Integer(), { description });
export const KeyUsageSchema = wireSchema<KeyUsage>()(
	Type.Object({
		from: describedTime("The start of the first hour, ISO 8601 in UTC"),
		accepted: Hours("Accepted requests in each of 720 hours, oldest first; the last is the current hour"),
		refused: Hours("Requests refused after the key was revoked"),
	}),
);
