import { fileURLToPath } from "node:url";

/** The root of this checkout, without a trailing separator. */
export const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url)).replace(/[/\\]$/, "");
