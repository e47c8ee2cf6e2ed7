import { Type } from "typebox";

import type { AccountReview } from "../../shared/wire.ts";
import { nullable, Time } from "../http/schema-parts.ts";
import { wireSchema } from "../http/wire-schema.ts";
import { InvitedRoleSchema } from "../people/people.schema.ts";
import { RoleSchema } from "../workspaces/workspaces.schema.ts";

const COMMON = { id: Type.String(), workspaceId: Type.String(), workspaceName: Type.String(), createdAt: Time };

const ReviewSchema = wireSchema<AccountReview>()(
	Type.Object({
		since: Time,
		workspaces: Type.Array(
			Type.Object({
				id: Type.String(),
				name: Type.String(),
				role: RoleSchema,
				people: Type.Integer(),
				end: Type.Union([Type.Literal("leave"), Type.Literal("delete")]),
			}),
		),
		keys: Type.Array(Type.Object({ ...COMMON, label: Type.String(), hint: Type.String() })),
		backends: Type.Array(Type.Object({ ...COMMON, name: Type.String() })),
		invitations: Type.Array(Type.Object({ ...COMMON, role: InvitedRoleSchema })),
	}),
);

export const OneReviewSchema = Type.Object({ review: nullable(ReviewSchema) });
