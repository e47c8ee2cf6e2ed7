import type { Auxvyn } from "./index.ts";

export function caddy({ origin, path }: Auxvyn): string {
	return `{
	servers {
		max_header_size 64KB
	}
}

api.example.com {
	route {
		request_header -X-Auxvyn-Workspace*
		request_header -X-Auxvyn-Key*
		request_header -X-Auxvyn_*
		request_header -X_Auxvyn*
		forward_auth ${origin} {
			uri ${path}
			header_up Host {upstream_hostport}
			copy_headers X-Auxvyn-Workspace-Id X-Auxvyn-Key-Id
			transport http {
				dial_timeout 5s
				response_header_timeout 5s
			}
		}
		@unidentified not header X-Auxvyn-Key-Id key_*
		respond @unidentified 503
		reverse_proxy 127.0.0.1:3000 {
			header_up X-Auxvyn-Workspace-Id {http.request.header.X-Auxvyn-Workspace-Id}
			header_up X-Auxvyn-Key-Id {http.request.header.X-Auxvyn-Key-Id}
		}
	}
}`;
}
