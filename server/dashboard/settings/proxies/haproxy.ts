import type { Auxvyn } from "./index.ts";

export function haproxy({ origin, isTls, path }: Auxvyn): string {
	// It asks name servers, which know no localhost.
	const reachable = origin.replace("//localhost", "//127.0.0.1");
	return `global
	tune.bufsize 65536${isTls ? "\n\thttpclient.ssl.ca-file @system-ca" : ""}
	lua-load-per-thread /etc/haproxy/auxvyn.lua

defaults
	mode http
	timeout connect 5s
	timeout client 60s
	timeout server 60s
	timeout tunnel 1h

frontend api
	bind :443 ssl crt /etc/haproxy/api.example.com.pem
	http-request del-header ^x[-_]auxvyn[-_](workspace|key)[-_]id$ -m reg
	http-request lua.auxvyn ${reachable}${path}
	http-request deny deny_status 503 unless { var(txn.auxvyn_workspace) -m found } { var(txn.auxvyn_key) -m found }
	http-request set-header X-Auxvyn-Workspace-Id %[var(txn.auxvyn_workspace)]
	http-request set-header X-Auxvyn-Key-Id %[var(txn.auxvyn_key)]
	default_backend api

backend api
	server api 127.0.0.1:3000`;
}
