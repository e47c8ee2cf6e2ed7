import { Refusal } from "../../place";
import { Words } from "./words";

export const NOTHING_WAS_CHANGED = "Nothing was changed";

const MOST_PATHS = 5;
const RETRY = "Click Retry";

function deleteStep(hint: string | undefined): string {
	return `Delete its key ${hint === undefined ? "" : `auxvyn_…${hint} `}in the dashboard`;
}

function reinstall(path: string, hint: string | undefined): string[] {
	return [deleteStep(hint), `Delete ${path}`, RETRY];
}

/** A place may hold any number of them. */
function some(paths: string[]): string {
	if (paths.size() <= MOST_PATHS) return paths.join(", ");
	return `${paths.filter((_, index) => index < MOST_PATHS).join(", ")} and ${paths.size() - MOST_PATHS} more`;
}

/** Sorted paths, those of one name together. */
function tallied(paths: string[]): string[] {
	const counts = new Map<string, number>();
	for (const path of paths) counts.set(path, (counts.get(path) ?? 0) + 1);
	const names = paths.filter((path, index) => path !== paths[index - 1]);
	return names.map((path) => {
		const count = counts.get(path) ?? 1;
		return count === 1 ? path : `${count} Scripts named ${path}`;
	});
}

function because(text: string, steps: string[]): Words {
	return { title: NOTHING_WAS_CHANGED, text, steps };
}

/** Why the place is left alone, and the steps that mend it. */
export function refusalWords(refusal: Refusal): Words {
	switch (refusal.kind) {
		case "exposed":
			return because(
				`${refusal.path} is in ${refusal.home}. Players can read everything there, so its key must count as leaked.`,
				reinstall(refusal.path, refusal.hint),
			);
		case "outside-home":
			return because(`${refusal.path} is in ${refusal.home}, where Scripts do not run.`, [
				"Move it to ServerScriptService",
				RETRY,
			]);
		case "wrong-class":
			return because(
				`${refusal.path} is a ${refusal.className}. A key is safe only in a server-side Script, so this one must count as leaked.`,
				reinstall(refusal.path, refusal.hint),
			);
		case "run-context":
			return because(
				`${refusal.path} has the RunContext ${refusal.runContext}, so it does not run on the server, and its key must count as leaked.`,
				reinstall(refusal.path, refusal.hint),
			);
		case "in-package":
			return because(`${refusal.path} is inside a Package. Whoever uses the Package would get the key.`, [
				"Move the Script out of the Package, into ServerScriptService",
				`If the Package was ever published with it: ${deleteStep(refusal.hint)}`,
				RETRY,
			]);
		case "in-actor":
			return because(`${refusal.path} is inside an Actor, where game code cannot reach its Client.`, [
				"Move it directly into ServerScriptService",
				RETRY,
			]);
		case "several":
			return because(
				`There are ${refusal.paths.size()} Auxvyn Scripts, and only one may hold the key: ${some(tallied(refusal.paths))}.`,
				["Keep the one whose key you want, and delete the others", RETRY],
			);
		case "name-taken":
			return because(`${refusal.path} is a ${refusal.className} that Auxvyn did not make, and its name is needed.`, [
				`Rename or delete ${refusal.path}`,
				RETRY,
			]);
		case "no-key":
			return because(`${refusal.path} holds no key where one is expected: a line like local KEY = "auxvyn_…".`, [
				"Undo the edit that removed the line, or delete the Script",
				RETRY,
			]);
		case "several-keys":
			return because(`${refusal.path} holds more than one key, so it is not clear which one to replace.`, [
				"Leave one key in it, in the line local KEY = …",
				RETRY,
			]);
		case "edited":
			return because(
				`${refusal.path} holds other code than Auxvyn writes, so nobody can say where its key would go: an edited Script cannot be proven safe. Only comments and the values in options may be edited.`,
				[
					"Note the options, and move code of your own to a Script of its own",
					`If you do not know who edited it: ${deleteStep(refusal.hint)}`,
					`Delete ${refusal.path}`,
					RETRY,
				],
			);
		case "bad-address":
			return because(
				`${refusal.path} names no server, or more than one: a line like local ADDRESS = "https://…" is expected.`,
				["Mend that line, or delete the Script", RETRY],
			);
		case "other-address":
			return because(
				`The key in ${refusal.path} is for ${refusal.theirs.text}, but this plugin is set to ${refusal.ours.text}.`,
				[
					`To stay with it, open Settings and enter ${refusal.theirs.text}`,
					`To move to ${refusal.ours.text}, delete ${refusal.path}, click Retry, then Connect`,
				],
			);
	}
}
