export type Proxy = "nginx" | "caddy" | "traefik";

/** The lines of a reverse proxy's configuration that let only this workspace's keys pass. `origin` is this server's. */
export function proxyLines(proxy: Proxy, { origin, workspaceId }: { origin: string; workspaceId: string }): string {
	return LINES[proxy](origin, `/v1/forward-auth?workspace=${workspaceId}`);
}

const LINES: Record<Proxy, (origin: string, path: string) => string> = {
	nginx: (origin, path) => `location / {
	auth_request /_auxvyn;
	auth_request_set $auxvyn_workspace $upstream_http_x_auxvyn_workspace_id;
	auth_request_set $auxvyn_key $upstream_http_x_auxvyn_key_id;
	proxy_set_header X-Auxvyn-Workspace-Id $auxvyn_workspace;
	proxy_set_header X-Auxvyn-Key-Id $auxvyn_key;
	proxy_pass http://127.0.0.1:3000;  # your API
}

location = /_auxvyn {
	internal;
	proxy_pass ${origin}${path};
	proxy_pass_request_body off;
	proxy_set_header Content-Length "";${origin.startsWith("https:") ? "\n\tproxy_ssl_server_name on;" : ""}
}`,
	caddy: (origin, path) => `forward_auth ${origin} {
	uri ${path}
	header_up Host {upstream_hostport}
	copy_headers X-Auxvyn-Workspace-Id X-Auxvyn-Key-Id
}
reverse_proxy 127.0.0.1:3000  # your API`,
	traefik: (origin, path) => `http:
  middlewares:
    auxvyn:
      forwardAuth:
        address: "${origin}${path}"
        authResponseHeaders:
          - X-Auxvyn-Workspace-Id
          - X-Auxvyn-Key-Id`,
};
