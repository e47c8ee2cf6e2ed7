export type State = "ok" | "problem" | "cannot see";

/** What one look found, in one line. */
export interface Finding {
	about: About;
	state: State;
	/** What is so, and of a problem what to do. */
	text: string;
}

export type About =
	| "address"
	| "https"
	| "server"
	| "dashboard"
	| "games"
	| "proxy"
	| "clock"
	| "plugin"
	| "settings"
	| "disk"
	| "database"
	| "backups"
	| "restoring"
	| "mail";

export function ok(about: About, text: string): Finding {
	return { about, state: "ok", text };
}

export function problem(about: About, text: string): Finding {
	return { about, state: "problem", text };
}

/** For what this computer cannot know, with how to find out. */
export function unseen(about: About, text: string): Finding {
	return { about, state: "cannot see", text };
}

/** The findings as lines of a table, and a last line that sums them up. */
export function report(findings: readonly Finding[]): string {
	const lines = findings.map(({ about, state, text }) => `${state.padEnd(12)}${about.padEnd(11)}${printable(text)}`);
	const problems = findings.filter(({ state }) => state === "problem").length;
	const sum = problems === 0 ? "No problem found." : problems === 1 ? "1 problem." : `${problems} problems.`;
	return [...lines, "", sum].join("\n");
}

/** Some of it is from the server, which must neither control the terminal nor pretend to be another line. */
function printable(text: string): string {
	return text.replace(/\p{C}/gu, "\ufffd");
}
