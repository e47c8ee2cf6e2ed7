import { Type } from "typebox";

import type { Problem } from "../../shared/wire.ts";
import { wireSchema } from "./wire-schema.ts";

/** RFC 9457. For responses that are described apart: any route may answer with a problem. */
export const ProblemSchema = wireSchema<Problem>()(
	Type.Object({
		type: Type.String(),
		title: Type.String(),
		status: Type.Integer(),
		code: Type.String(),
		detail: Type.String({ description: "What to do" }),
		errors: Type.Optional(Type.Array(Type.Object({ path: Type.String(), message: Type.String() }))),
	}),
);
