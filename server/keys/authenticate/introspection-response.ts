import { Type } from "typebox";

const Inactive = Type.Object(
	{ active: Type.Literal(false) },
	{ additionalProperties: false, description: "The token is not valid; the response does not say why" },
);
const Active = Type.Object({
	active: Type.Literal(true),
	token_type: Type.Literal("Bearer"),
	sub: Type.String({ description: "The workspace's id" }),
	workspace: Type.Object({ id: Type.String(), name: Type.String() }),
	key: Type.Object({ id: Type.String(), label: Type.String() }),
});

/** RFC 7662 §2.2. */
export const IntrospectionSchema = Type.Union([Active, Inactive]);
