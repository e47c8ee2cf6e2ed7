import { Type } from "typebox";

import type { CreatedInvitation, Invitation, InvitationOffer, People, Person } from "../../shared/wire.ts";
import { pin } from "../http/pin.ts";
import { PersonRefSchema } from "../keys/schemas.ts";

const Time = Type.String({ description: "ISO 8601 in UTC" });
const MaybePerson = Type.Union([PersonRefSchema, Type.Null()]);

export const RoleSchema = Type.Union([Type.Literal("owner"), Type.Literal("admin"), Type.Literal("member")]);
export const InvitedRoleSchema = Type.Union([Type.Literal("admin"), Type.Literal("member")]);

export const PersonSchema = pin<Person>()(
	Type.Object({
		id: Type.String(),
		name: Type.String(),
		email: Type.String(),
		role: RoleSchema,
		joinedAt: Time,
		activeKeys: Type.Integer({ description: "Keys they made here that are active" }),
	}),
);

export const InvitationSchema = pin<Invitation>()(
	Type.Object({
		id: Type.String(),
		role: InvitedRoleSchema,
		createdAt: Time,
		createdBy: MaybePerson,
		expiresAt: Time,
	}),
);

export const PeopleSchema = pin<People>()(
	Type.Object({
		people: Type.Array(PersonSchema),
		invitations: Type.Array(InvitationSchema, { description: "Open ones; for owners only" }),
	}),
);

export const CreatedInvitationSchema = pin<CreatedInvitation>()(
	Type.Object({
		invitation: InvitationSchema,
		link: Type.String({ description: "Holds the invitation's token; it is in this answer and never again" }),
	}),
);

export const InvitationOfferSchema = pin<InvitationOffer>()(
	Type.Object({
		workspace: Type.Object({ id: Type.String(), name: Type.String() }),
		role: InvitedRoleSchema,
		invitedBy: MaybePerson,
		expiresAt: Time,
	}),
);
