import { fileURLToPath } from "node:url";

/** For servers whose pages nobody opens. */
export const EMPTY_DASHBOARD = fileURLToPath(new URL("./empty-dashboard", import.meta.url));
