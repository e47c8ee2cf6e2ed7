import { conformance } from "./conformance/all.ts";
import { sqlite } from "./conformance/sqlite.ts";

conformance(sqlite);
