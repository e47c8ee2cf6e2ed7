import { behindEach } from "./suite/behind-each.ts";

behindEach(["nginx", "caddy", "haproxy", "traefik"]);
