import { conformance } from "./conformance/all.ts";
import { postgres } from "./conformance/postgres.ts";

conformance(postgres);
