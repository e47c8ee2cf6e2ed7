import { Type } from "typebox";

import type { CreatedInvitation, Invitation, InvitationOffer, People, Person } from "../../shared/wire.ts";
import { PersonRefSchema } from "../activity/refs.schema.ts";
import { nullable, Time } from "../http/schema-parts.ts";
import { wireSchema } from "../http/wire-schema.ts";
import { RoleSchema } from "../workspaces/workspaces.schema.ts";

export const InvitedRoleSchema = Type.Union([Type.Literal("admin"), Type.Literal("member")]);

export const PersonSchema = wireSchema<Person>()(
	Type.Object(
		{
			id: Type.String(),
			name: Type.String(),
			email: Type.String(),
			role: RoleSchema,
			joinedAt: Time,
			activeKeys: Type.Integer({ description: "Active keys they created in this workspace" }),
		},
		{ title: "Person" },
	),
);

export const OnePersonSchema = Type.Object({ person: PersonSchema });

export const InvitationSchema = wireSchema<Invitation>()(
	Type.Object(
		{
			id: Type.String(),
			role: InvitedRoleSchema,
			createdAt: Time,
			createdBy: nullable(PersonRefSchema),
			expiresAt: Time,
		},
		{ title: "Invitation" },
	),
);

export const PeopleSchema = wireSchema<People>()(
	Type.Object({
		people: Type.Array(PersonSchema),
		invitations: Type.Array(InvitationSchema, { description: "Open invitations; empty unless you are an owner" }),
	}),
);

export const CreatedInvitationSchema = wireSchema<CreatedInvitation>()(
	Type.Object({
		invitation: InvitationSchema,
		link: Type.String({ description: "Contains the invitation's token; returned only in this response" }),
	}),
);

export const InvitationOfferSchema = wireSchema<InvitationOffer>()(
	Type.Object({
		workspace: Type.Object({ id: Type.String(), name: Type.String() }),
		role: InvitedRoleSchema,
		invitedBy: nullable(PersonRefSchema),
		expiresAt: Time,
	}),
);
