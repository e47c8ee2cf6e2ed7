import { Claimant } from "../../place";
import { isLeaked, isMisplaced, keyName, reasonText } from "./reason-text";

const MAX_PATHS = 5;

function listOf(paths: string[]): string {
	if (paths.size() <= MAX_PATHS) return paths.join(", ");
	return `${paths.filter((_, index) => index < MAX_PATHS).join(", ")} and ${paths.size() - MAX_PATHS} more`;
}

/** Groups equal paths. */
function grouped(paths: string[]): string[] {
	const counts = new Map<string, number>();
	for (const path of paths) counts.set(path, (counts.get(path) ?? 0) + 1);
	const names = paths.filter((path, index) => paths.indexOf(path) === index);
	return names.map((path) => {
		const count = counts.get(path) ?? 1;
		return count === 1 ? path : `${count} Scripts named ${path}`;
	});
}

/** Distinguishes Scripts of one name by their keys. */
function named({ path, hint }: Claimant): string {
	return hint === undefined ? `${path}, which has no key` : `${path} with the ${keyName(hint)}`;
}

function isSevere({ reasons }: Claimant): boolean {
	return reasons.some(isLeaked);
}

function canMove({ reasons }: Claimant): boolean {
	return !reasons.isEmpty() && reasons.every(isMisplaced);
}

function severalLine(claimants: Claimant[]): string {
	const list = listOf(grouped(claimants.map(({ path }) => path).sort()));
	return `There are ${claimants.size()} Auxvyn Scripts, but only one may hold the key: ${list}.`;
}

/** The servers, if the keys that may stay are for several. */
function hostsLine(staying: Claimant[]): string[] {
	const hosts = staying.mapFiltered(({ host }) => host);
	const different = hosts.filter((host, index) => hosts.indexOf(host) === index);
	if (different.size() < 2) return [];
	return [staying.map((one) => `${named(one)} is for ${one.host ?? "no server"}`).join("; ") + "."];
}

/** Why none of several Scripts gets a key. */
export function severalText(claimants: Claimant[]): string {
	const leaked = claimants.filter(isSevere).map(({ reasons }) => reasons.map(reasonText).join(" "));
	const staying = claimants.filter((one) => !isSevere(one));
	return [...grouped(leaked), severalLine(claimants), ...hostsLine(staying)].join(" ");
}

/** What leaves exactly one Script, or none, in one go. */
export function severalSteps(claimants: Claimant[]): string[] {
	const lasting = claimants.filter(({ reasons }) => reasons.isEmpty());
	const movable = claimants.filter(canMove);
	const kept = lasting.isEmpty() ? movable : lasting;
	const steps: string[] = [];
	for (const one of claimants) {
		if (isSevere(one) && one.hint !== undefined && !one.sharesKey) {
			steps.push(`Delete the ${keyName(one.hint)} in the dashboard`);
		}
	}
	const rest = claimants.filter((one) => !kept.includes(one));
	if (!rest.isEmpty()) steps.push(`Delete ${listOf(rest.map(named))}`);
	if (kept.size() > 1) steps.push("Keep the one whose key you want, and delete the others");
	if (lasting.isEmpty() && !movable.isEmpty()) steps.push("Move the one you keep directly into ServerScriptService");
	return steps;
}

/** What to do after that about a kept key that leaked with a copy. */
export function severalFollowUp(claimants: Claimant[]): string | undefined {
	const leaked = claimants.find((one) => one.sharesKey && isSevere(one));
	return leaked && `Click Reconnect to replace the ${keyName(leaked.hint)}, which leaked`;
}
