import { number } from "../ui/format.ts";

/** A checklist item's texts. */
export interface ItemText {
	/** The good state. */
	title: string;
	/** Replaces the title if it needs attention, for this many keys. */
	found?: (keys: number) => string;
	/** What was found, or what to check. */
	what: string;
	why: string;
	/** How to fix it. */
	fix: string;
	/** Links its keys to their rotation. */
	rotates?: true;
}

const CHECKED: Record<string, ItemText> = {
	"refused-keys": {
		title: "No revoked key is still being sent",
		found: (keys) =>
			keys === 1 ? "A revoked key is still being sent" : `${number(keys)} revoked keys are still being sent`,
		what: "Deleted or replaced, but still sent in the last 24 hours:",
		why: "Either a game server runs an old version, or someone is trying a leaked key.",
		fix: "Publish the place and let its old servers close. If there are none, find out where the key may have leaked.",
	},
	"keys-of-leavers": {
		title: "No keys from people who have left",
		found: (keys) =>
			keys === 1 ? "A key is from someone who has left" : `${number(keys)} keys are from people who have left`,
		what: "Still active, although the person who created it has left the workspace:",
		why: "They may have kept a copy.",
		fix: "Rotate it: generate a new key, publish, then delete the old one.",
		rotates: true,
	},
	"replaced-keys": {
		title: "No unused replaced keys",
		found: (keys) => (keys === 1 ? "A replaced key can be deleted" : `${number(keys)} replaced keys can be deleted`),
		what: "A newer key has taken over, and this one has not been used for an hour:",
		why: "A key that is no longer needed is only a risk.",
		fix: "Open it and delete it.",
		rotates: true,
	},
	"unused-keys": {
		title: "No key has gone unused for 30 days",
		found: (keys) =>
			keys === 1 ? "A key has gone unused for 30 days" : `${number(keys)} keys have gone unused for 30 days`,
		what: "Created more than 30 days ago, and not used in the last 30:",
		why: "No one would notice if it leaked.",
		fix: "Delete the keys you no longer need.",
	},
	"old-keys": {
		title: "No key is older than 180 days",
		found: (keys) => (keys === 1 ? "A key is older than 180 days" : `${number(keys)} keys are older than 180 days`),
		what: "Active for more than 180 days:",
		why: "The older a key is, the more people have seen it, and the more copies and backups exist.",
		fix: "Rotate it, which needs no downtime.",
		rotates: true,
	},
	"vague-labels": {
		title: "Every key has a clear label",
		found: (keys) => (keys === 1 ? "A key has a vague label" : `${number(keys)} keys have vague or duplicate labels`),
		what: "The label does not say what the key is for, or several keys have the same one:",
		why: "When a key leaks, you need to know at once which one it is and what depends on it.",
		fix: "Name each key after its game and what it is used for.",
	},
	"second-owner": {
		title: "Enough owners for the number of people",
		found: () => "Only one owner",
		what: "Several people are in this workspace, but only one of them is an owner.",
		why: "If the owner loses access, no one can manage people or the workspace.",
		fix: "Make another person an owner under People.",
	},
};

const ASKED: Record<string, ItemText> = {
	"only-server-scripts": {
		title: "Keys are only in server-side Scripts or the Secrets Store",
		what: "In each place, click Check place in the Auxvyn plugin. Keys should only be in Scripts in ServerScriptService, or in the Secrets Store.",
		why: "Players can read everything that reaches their devices: LocalScripts, ReplicatedStorage, values and attributes.",
		fix: "Move the key into a Script in ServerScriptService or the Secrets Store, then rotate it, because someone may have read it.",
	},
	"trusted-editors": {
		title: "Only people you trust can edit the places",
		what: "Check the collaborators of each experience, and which roles of its group can edit it.",
		why: "Anyone who can open a place in Studio can read the key in it.",
		fix: "Remove edit access from people who no longer need it, then rotate the keys they could read.",
	},
	"no-uncopylocked": {
		title: "No place with a key in it can be copied",
		what: "Check that copying is off in the settings of every place that has a key.",
		why: "A place that can be copied gives its scripts, and the key in them, to everyone.",
		fix: "Turn copying off and rotate the key. To share an example, leave out the Script with the key.",
	},
	"leak-plan": {
		title: "You know what to do when a key leaks",
		what: "Delete the key here: it stops working at once. Reconnect in Studio, publish, and restart the game’s servers.",
		why: "A leaked key may be misused within minutes.",
		fix: "Practise it once on a test place, with everyone who would have to do it.",
	},
};

export function itemText(id: string): ItemText | undefined {
	return CHECKED[id] ?? ASKED[id];
}
