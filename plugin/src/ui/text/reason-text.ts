import { Reason } from "../../place";

export function keyName(hint: string | undefined): string {
	return hint === undefined ? "key" : `key auxvyn_…${hint}`;
}

/** Whether players may have read the key. */
export function isLeaked({ kind }: Reason): boolean {
	return kind === "exposed" || kind === "wrong-class" || kind === "run-context";
}

/** Whether moving the Script is enough. */
export function isMisplaced({ kind }: Reason): boolean {
	return kind === "outside-home" || kind === "in-package" || kind === "in-actor";
}

export function reasonText(reason: Reason): string {
	const { path } = reason;
	switch (reason.kind) {
		case "exposed":
			return `${path} is in ${reason.home}. Players can read everything there, so treat its key as leaked.`;
		case "wrong-class":
			return `${path} is a ${reason.className}. A key is safe only in a server-side Script, so treat this one as leaked.`;
		case "run-context":
			return `${path} has RunContext ${reason.runContext}, so it does not run on the server. Treat its key as leaked.`;
		case "outside-home":
			return `${path} is in ${reason.home}, where Scripts do not run.`;
		case "in-package":
			return `${path} is inside a Package. Everyone who uses the Package would get the key.`;
		case "in-actor":
			return `${path} is inside an Actor, where game code cannot use its Client.`;
		case "linked":
			return `${path} has a LinkedSource: Studio runs that asset instead of the Script's own code.`;
		case "no-key":
			return `${path} has no key in a line like local KEY = "auxvyn_…", or only a part of one.`;
		case "several-keys":
			return `${path} has more than one key, so Auxvyn cannot tell which one to replace.`;
		case "bad-address":
			return `${path} must have exactly one server address, in a line like local ADDRESS = "https://…".`;
	}
}

/** The steps that fix the reason, without the last one, Retry. */
export function remedyOf(reason: Reason): string[] {
	const { path } = reason;
	switch (reason.kind) {
		case "exposed":
		case "wrong-class":
		case "run-context":
			return [`Delete its ${keyName(reason.hint)} in the dashboard`, `Delete ${path}`];
		case "outside-home":
			return ["Move it to ServerScriptService"];
		case "in-package":
			return [
				"Move the Script out of the Package, into ServerScriptService",
				`If the Package was ever published with it, delete its ${keyName(reason.hint)} in the dashboard`,
			];
		case "in-actor":
			return ["Move it directly into ServerScriptService"];
		case "linked":
			return ["Clear its LinkedSource, or delete the Script"];
		case "no-key":
			return ["Undo the edit of that line, or delete the Script"];
		case "several-keys":
			return ["Leave only the key in the line local KEY = …"];
		case "bad-address":
			return ["Fix that line, or delete the Script"];
	}
}
