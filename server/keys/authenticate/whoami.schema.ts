import { Type } from "typebox";

import type { Whoami } from "../../../shared/wire.ts";
import { TimeOrNull } from "../../http/schema-parts.ts";
import { wireSchema } from "../../http/wire-schema.ts";

export const WhoamiSchema = wireSchema<Whoami>()(
	Type.Object({
		workspace: Type.Object({ id: Type.String(), name: Type.String() }),
		key: Type.Object({ id: Type.String(), label: Type.String(), lastServerAt: TimeOrNull }),
	}),
);
