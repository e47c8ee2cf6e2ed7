import { listStores } from "../../../server/storage/store-list.ts";
import { storeModules } from "../../../server/stores.ts";
import * as probes from "./probes.store.ts";

/** The server's store functions, and the probes. */
export const stores = listStores(import.meta.url, [...storeModules, probes]);
