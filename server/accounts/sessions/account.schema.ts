import { Type } from "typebox";

import type { Account } from "../../../shared/wire.ts";
import { wireSchema } from "../../http/wire-schema.ts";

export const AccountSchema = wireSchema<Account>()(
	Type.Object({ id: Type.String(), name: Type.String(), email: Type.String() }, { title: "Account" }),
);

export const OneAccountSchema = Type.Object({ account: AccountSchema });
