import { Find, ScanReport, Spot } from "../../place";
import { Message } from "./message";

const CLEAN = "No exposed keys in this place as it is open now";
const CHANGED = "The place changed while it was checked";
export const CHANGED_TEXT = "A key was moved or removed meanwhile. Click Check place to look again.";
export const UNSEEN_TEXT = "Auxvyn does not see the place's version history, your colleagues' drafts, or other places.";

function isBad({ meaning, onDisk }: Find): boolean {
	return meaning !== "safe" || onDisk;
}

function count(number: number, one: string, many: string): string {
	return number === 1 ? `1 ${one}` : `${number} ${many}`;
}

/** What a look through the whole place has found, in a few words. */
export function scanTitle({ finds, changed }: ScanReport): string {
	const exposed = finds.filter(({ meaning }) => meaning === "exposed").size();
	if (exposed > 0) return count(exposed, "exposed key", "exposed keys");
	const outside = finds.filter(({ meaning }) => meaning === "server").size();
	if (outside > 0) return count(outside, "key outside the managed Script", "keys outside the managed Script");
	const onDisk = finds.filter(isBad).size();
	if (onDisk > 0) return count(onDisk, "key on disk", "keys on disk");
	return changed ? CHANGED : CLEAN;
}

/** For a list that ends before its last finds, which are not the worst. */
export function moreText(left: number): string {
	return `And ${left} more. Remove the keys above, then click Check place to see them.`;
}

export function isClean({ finds, changed }: ScanReport): boolean {
	return !changed && !finds.some(isBad);
}

function spotText(spot: Spot): string {
	switch (spot.kind) {
		case "source":
			return "source";
		case "editor":
			return "unsaved source in the script editor";
		case "name":
			return "name";
		case "tag":
			return "tag";
		case "attribute-name":
			return "an attribute's name";
		case "attribute":
			return `attribute ${spot.name}`;
		case "property":
			return `property ${spot.name}`;
	}
}

function advice({ removable, hint, inPackage, inUse }: Find): string {
	const replace = inUse ? "It is this place's own key: click Reconnect and publish first. " : "";
	const revoke = `${replace}Revoke it: delete the key auxvyn_…${hint} in the dashboard`;
	if (inPackage) return `${revoke}, remove it here, then publish the Package again.`;
	return removable ? `${revoke}, then click Remove copy.` : `${revoke}, then remove it here.`;
}

/** What a find is, and what to do about it. */
export function findText(find: Find): Message {
	const where = `In ${find.className}: ${find.spots.map(spotText).join(", ")}.`;
	const disk = find.onDisk
		? " It is on disk: Script Sync writes it to a file on this computer. Keep that out of git."
		: "";
	const packaged = find.inPackage ? " Everybody who uses the Package gets it." : "";
	switch (find.meaning) {
		case "exposed":
			return {
				title: "Exposed: revoke it",
				text: `${where} Players get everything in ${find.home}.${packaged}${disk} ${advice(find)}`,
			};
		case "server":
			return {
				title: "On the server, but outside the managed Script",
				text: `${where} Players do not get it, but other Scripts and everybody who edits this place do.${packaged}${disk} Remove it here: game code calls the Script's Client instead.`,
			};
		case "safe":
			return {
				title: find.onDisk ? "On disk" : "Safe",
				text: `${where} This is the managed Script, which players never get.${disk}`,
			};
	}
}
