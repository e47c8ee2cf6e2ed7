import type { ProxyName } from "./find-proxy.ts";

export interface Place {
	port: number;
	folder: string;
}

/** A whole configuration with one site that has `lines`; `upstream` is for nginx's `http` block. */
export function siteOf(name: ProxyName, { port, folder }: Place, lines: string, upstream = ""): string {
	if (name === "caddy") {
		return `
{
	admin off
	auto_https off
}
http://:${port} {
	bind 127.0.0.1
	${lines}
}`;
	}
	const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
	return `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log stderr;
events {}
http {
	access_log off;
	${temporary.map((each) => `${each}_temp_path ${folder}/${each};`).join("\n\t")}
	${upstream}
	server {
		listen 127.0.0.1:${port};
		${lines}
	}
}`;
}
