const TEMPORARY = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

/** A whole configuration of nginx with these parts of its `http` block, which writes to nothing but `folder`. */
export function nginxConf(folder: string, http: string): string {
	return `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log stderr;
events {}
http {
	access_log off;
	${TEMPORARY.map((each) => `${each}_temp_path ${folder}/${each};`).join("\n\t")}
	${http}
}`;
}
