import { Type } from "typebox";

import { AccountSchema } from "./account.schema.ts";

/** The fields of both sign-in and sign-up. */
export const CREDENTIALS = { email: Type.String(), password: Type.String(), rememberMe: Type.Optional(Type.Boolean()) };
/** Without an account: it waits for its address to be verified. */
export const SignedUpSchema = Type.Object({ user: Type.Optional(AccountSchema) });
export const SignedInSchema = Type.Object({ user: AccountSchema });
