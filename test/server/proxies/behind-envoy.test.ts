import { behindEach } from "./suite/behind-each.ts";

// A file of its own, because Envoy is not to be had for every system.
behindEach(["envoy"]);
