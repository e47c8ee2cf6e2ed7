import { Refusal } from "../../place";
import { Message } from "./message";

const NOTHING_CHANGED = "Nothing was changed";
const MAX_PATHS = 5;
const RETRY = "Click Retry";

function keyName(hint: string | undefined): string {
	return hint === undefined ? "key" : `key auxvyn_…${hint}`;
}

function reinstallSteps(path: string, hint: string | undefined): string[] {
	return [`Delete its ${keyName(hint)} in the dashboard`, `Delete ${path}`, RETRY];
}

function listOf(paths: string[]): string {
	if (paths.size() <= MAX_PATHS) return paths.join(", ");
	return `${paths.filter((_, index) => index < MAX_PATHS).join(", ")} and ${paths.size() - MAX_PATHS} more`;
}

/** Groups equal paths of a sorted list. */
function grouped(paths: string[]): string[] {
	const counts = new Map<string, number>();
	for (const path of paths) counts.set(path, (counts.get(path) ?? 0) + 1);
	const names = paths.filter((path, index) => path !== paths[index - 1]);
	return names.map((path) => {
		const count = counts.get(path) ?? 1;
		return count === 1 ? path : `${count} Scripts named ${path}`;
	});
}

function message(text: string, steps: string[]): Message {
	return { title: NOTHING_CHANGED, text, steps };
}

/** Why the place was not changed, and the steps that fix it. */
export function refusalText(refusal: Refusal): Message {
	switch (refusal.kind) {
		case "exposed":
			return message(
				`${refusal.path} is in ${refusal.home}. Players can read everything there, so treat its key as leaked.`,
				reinstallSteps(refusal.path, refusal.hint),
			);
		case "outside-home":
			return message(`${refusal.path} is in ${refusal.home}, where Scripts do not run.`, [
				"Move it to ServerScriptService",
				RETRY,
			]);
		case "wrong-class":
			return message(
				`${refusal.path} is a ${refusal.className}. A key is safe only in a server-side Script, so treat this one as leaked.`,
				reinstallSteps(refusal.path, refusal.hint),
			);
		case "run-context":
			return message(
				`${refusal.path} has RunContext ${refusal.runContext}, so it does not run on the server. Treat its key as leaked.`,
				reinstallSteps(refusal.path, refusal.hint),
			);
		case "in-package":
			return message(`${refusal.path} is inside a Package. Everyone who uses the Package would get the key.`, [
				"Move the Script out of the Package, into ServerScriptService",
				`If the Package was ever published with it, delete its ${keyName(refusal.hint)} in the dashboard`,
				RETRY,
			]);
		case "in-actor":
			return message(`${refusal.path} is inside an Actor, where game code cannot use its Client.`, [
				"Move it directly into ServerScriptService",
				RETRY,
			]);
		case "several":
			return message(
				`There are ${refusal.paths.size()} Auxvyn Scripts, but only one may hold the key: ${listOf(grouped(refusal.paths))}.`,
				["Keep the one whose key you want, and delete the others", RETRY],
			);
		case "name-taken":
			return message(
				`${refusal.path} is a ${refusal.className} that Auxvyn did not create, but Auxvyn needs its name.`,
				[`Rename or delete ${refusal.path}`, RETRY],
			);
		case "no-key":
			return message(`${refusal.path} has no key. It needs a line like local KEY = "auxvyn_…".`, [
				"Undo the edit that removed the line, or delete the Script",
				RETRY,
			]);
		case "several-keys":
			return message(`${refusal.path} has more than one key, so Auxvyn cannot tell which one to replace.`, [
				"Leave only the key in the line local KEY = …",
				RETRY,
			]);
		case "edited":
			return message(
				`${refusal.path} contains code that Auxvyn did not write, so it may send the key anywhere. Only comments and the values in options may be edited.`,
				[
					"Write down the options, and move your own code to another Script",
					`If you do not know who edited it, delete its ${keyName(refusal.hint)} in the dashboard`,
					`Delete ${refusal.path}`,
					RETRY,
				],
			);
		case "bad-address":
			return message(
				`${refusal.path} must have exactly one server address, in a line like local ADDRESS = "https://…".`,
				["Fix that line, or delete the Script", RETRY],
			);
		case "other-address":
			return message(
				`The key in ${refusal.path} is for ${refusal.keyAddress.text}, but this plugin is set to ${refusal.pluginAddress.text}.`,
				[
					`To keep using it, open Settings and enter ${refusal.keyAddress.text}`,
					`To switch to ${refusal.pluginAddress.text}, delete ${refusal.path}, click Retry, then Connect`,
				],
			);
	}
}
