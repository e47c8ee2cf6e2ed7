import { Type } from "typebox";

import type { Account } from "../../../shared/wire.ts";
import { wireSchema } from "../../http/wire-schema.ts";

export const AccountSchema = wireSchema<Account>()(
	Type.Object({ id: Type.String(), name: Type.String(), email: Type.String() }),
);

export const OneAccountSchema = Type.Object({ account: AccountSchema });

/** The fields of both sign-in and sign-up. */
export const CREDENTIALS = { email: Type.String(), password: Type.String(), rememberMe: Type.Optional(Type.Boolean()) };
/** Without an account: it waits for its address to be verified. */
export const SignedUpSchema = Type.Object({ user: Type.Optional(AccountSchema) });
export const SignedInSchema = Type.Object({ user: AccountSchema });
