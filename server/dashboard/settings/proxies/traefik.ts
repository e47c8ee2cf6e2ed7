import type { Auxvyn } from "./index.ts";

export function traefik({ origin, path }: Auxvyn): string {
	return `http:
  routers:
    checked:
      rule: Host(\`api.example.com\`)
      entryPoints: [websecure]
      middlewares: [auxvyn]
    api:
      rule: HeaderRegexp(\`X-Auxvyn-Key-Id\`, \`^key_\`)
      parentRefs: [checked]
      service: api
  middlewares:
    auxvyn:
      forwardAuth:
        address: "${origin}${path}"
        authResponseHeadersRegex: "(?i)^x[-_]auxvyn[-_](workspace|key)[-_]id$"
  services:
    api:
      loadBalancer:
        servers:
          - url: http://127.0.0.1:3000`;
}
