import { Type } from "typebox";

import type { Pairing } from "../../shared/wire.ts";
import { pin } from "../http/pin.ts";

const nullableText = () => Type.Unsafe<string | null>({ type: ["string", "null"] });
const Status = Type.Union([
	Type.Literal("pending"),
	Type.Literal("approved"),
	Type.Literal("issued"),
	Type.Literal("sealed"),
	Type.Literal("denied"),
	Type.Literal("expired"),
]);

export const PairingSchema = pin<Pairing>()(
	Type.Object({
		userCode: Type.String({ description: "XXXX-XXXX" }),
		status: Status,
		reported: Type.Object({
			placeId: nullableText(),
			universeId: nullableText(),
			placeName: nullableText(),
			studioUserId: nullableText(),
			intent: Type.Union([Type.Literal("connect"), Type.Literal("reconnect")]),
		}),
		previousKey: Type.Union([
			Type.Object({ id: Type.String(), label: Type.String(), hint: Type.String(), lastUsedAt: nullableText() }),
			Type.Null(),
		]),
		createdAt: Type.String(),
		expiresAt: Type.String({ description: "Until the approval; after it, until the key's first use" }),
	}),
);
