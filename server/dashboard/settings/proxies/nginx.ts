import type { Auxvyn } from "./index.ts";

const TLS = (hostname: string) => `
		proxy_ssl_server_name on;
		proxy_ssl_name ${hostname};
		proxy_ssl_verify on;
		proxy_ssl_verify_depth 4;
		proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;`;

export function nginx({ hostname, port, isTls, path }: Auxvyn): string {
	return `upstream auxvyn {
	server ${hostname}:${port};
	keepalive 16;
}

upstream api {
	server 127.0.0.1:3000;
	keepalive 16;
}

upstream unidentified {
	server 127.0.0.1:9 down;
}

map $auxvyn_key $identified_api {
	default unidentified;
	~^key_ api;
}

map $http_upgrade $api_connection {
	default "";
	websocket upgrade;
}

server {
	listen 443 ssl;
	server_name api.example.com;
	ssl_certificate /etc/letsencrypt/live/api.example.com/fullchain.pem;
	ssl_certificate_key /etc/letsencrypt/live/api.example.com/privkey.pem;
	underscores_in_headers off;
	large_client_header_buffers 4 32k;
	client_max_body_size 10m;

	location / {
		auth_request /_auxvyn;
		auth_request_set $auxvyn_workspace $upstream_http_x_auxvyn_workspace_id;
		auth_request_set $auxvyn_key $upstream_http_x_auxvyn_key_id;
		proxy_pass http://$identified_api;
		proxy_http_version 1.1;
		proxy_set_header Host $host;
		proxy_set_header Upgrade $http_upgrade;
		proxy_set_header Connection $api_connection;
		proxy_set_header X-Auxvyn-Workspace-Id $auxvyn_workspace;
		proxy_set_header X-Auxvyn-Key-Id $auxvyn_key;
	}

	location = /_auxvyn {
		internal;
		proxy_pass ${isTls ? "https" : "http"}://auxvyn${path};
		proxy_http_version 1.1;
		proxy_set_header Host ${hostname};
		proxy_set_header Connection "";
		proxy_set_header Content-Length "";
		proxy_pass_request_body off;
		proxy_connect_timeout 5s;
		proxy_read_timeout 5s;${isTls ? TLS(hostname) : ""}
	}
}`;
}
