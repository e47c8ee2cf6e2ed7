import { fileURLToPath } from "node:url";

/** The checkout that this file belongs to, without a separator at its end. */
export const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url)).replace(/[/\\]$/, "");
