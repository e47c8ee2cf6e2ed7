import type { Static, TSchema } from "typebox";

type Mismatch<Wire, Declared> = { "the schema and the wire type differ": [Wire, Declared] };

/**
 * A schema that must match its type in `shared/wire.ts` exactly, in both directions, or it does not compile:
 * `wireSchema<Workspace>()(Type.Object({ … }))`.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- A separate call, because the schema's type is inferred in the next one.
export function wireSchema<Wire>() {
	return <Schema extends TSchema>(
		schema: [Static<Schema>] extends [Wire]
			? [Wire] extends [Static<Schema>]
				? Schema
				: Mismatch<Wire, Static<Schema>>
			: Mismatch<Wire, Static<Schema>>,
	): Schema => schema as Schema;
}
