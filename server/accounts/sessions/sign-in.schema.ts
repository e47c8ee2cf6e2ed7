import { Type } from "typebox";

import { AccountSchema } from "./account.schema.ts";

/** Without an account: it waits for its address to be verified. */
export const SignedUpSchema = Type.Object({ user: Type.Optional(AccountSchema) });
export const SignedInSchema = Type.Object({ user: AccountSchema });
