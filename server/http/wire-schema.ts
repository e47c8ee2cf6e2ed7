import type { Static, TSchema } from "typebox";

type Mismatch<Wire, Declared> = { "the schema and the wire type differ": [Wire, Declared] };

/**
 * A schema that says exactly what `shared/wire.ts` says, or the compiler refuses it, in both directions:
 * `wireSchema<Workspace>()(Type.Object({ … }))`.
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- A call of its own, because the schema's type is inferred in the next one.
export function wireSchema<Wire>() {
	return <Schema extends TSchema>(
		schema: [Static<Schema>] extends [Wire]
			? [Wire] extends [Static<Schema>]
				? Schema
				: Mismatch<Wire, Static<Schema>>
			: Mismatch<Wire, Static<Schema>>,
	): Schema => schema as Schema;
}
