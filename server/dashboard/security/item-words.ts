import { number } from "../ui/format.ts";

/** What an item of the checklist is about, in the words of whoever has to see to it. */
export interface ItemWords {
	/** How it should be. */
	title: string;
	/** How it is where it needs attention, for so many keys. */
	found?: (keys: number) => string;
	/** What was found, or what is asked. */
	what: string;
	why: string;
	/** What to do. */
	way: string;
	/** Its keys are led on to their rotation. */
	rotates?: true;
}

const CHECKED: Record<string, ItemWords> = {
	"refused-keys": {
		title: "Nothing sends a revoked key",
		found: (keys) => (keys === 1 ? "A revoked key is still sent" : `${number(keys)} revoked keys are still sent`),
		what: "Deleted or replaced, and yet tried by something in the last 24 hours:",
		why: "A game server runs an old version, or somebody tries a key that leaked.",
		way: "Publish the place and let its old servers close. If you know of none, think of where the key may have been seen.",
	},
	"keys-of-leavers": {
		title: "Everybody who made a key is still here",
		found: (keys) =>
			keys === 1 ? "A key was made by somebody who left" : `${number(keys)} keys were made by people who left`,
		what: "Still working, though whoever made it is no member of this workspace any more:",
		why: "Whoever made a key could have kept it.",
		way: "Rotate it: a new key, publish, then revoke the old one.",
		rotates: true,
	},
	"replaced-keys": {
		title: "Keys that were replaced are revoked",
		found: (keys) => (keys === 1 ? "A replaced key can be revoked" : `${number(keys)} replaced keys can be revoked`),
		what: "A newer key is in use in its place, and it was not used itself for an hour:",
		why: "A key that nothing needs can do no more than leak.",
		way: "Open it and revoke it.",
		rotates: true,
	},
	"unused-keys": {
		title: "No key has gone unused for 30 days",
		found: (keys) =>
			keys === 1 ? "A key has gone unused for 30 days" : `${number(keys)} keys have gone unused for 30 days`,
		what: "Made more than 30 days ago, and used by nothing in the last 30:",
		why: "Nobody would notice if it leaked.",
		way: "Delete what nothing needs.",
	},
	"old-keys": {
		title: "No key is older than 180 days",
		found: (keys) => (keys === 1 ? "A key is older than 180 days" : `${number(keys)} keys are older than 180 days`),
		what: "Working for more than 180 days:",
		why: "The longer a key lives, the more backups, copies and people have seen it.",
		way: "Rotate it. Nothing stops while you do.",
		rotates: true,
	},
	"telling-labels": {
		title: "Labels tell keys apart",
		found: (keys) => (keys === 1 ? "A label says little" : `${number(keys)} labels say little or are shared`),
		what: "Labels that do not say what the key is for, or that several keys share:",
		why: "When a key leaks you have to know at once which one it is, and what stops without it.",
		way: "Name keys after the game, and what they are for there.",
	},
	"second-owner": {
		title: "Enough owners for the people here",
		found: () => "Several people, and one owner",
		what: "Nobody could stand in for the owner.",
		why: "If that owner loses their account, nobody can manage its people.",
		way: "Make another person an owner, under People.",
	},
};

const ASKED: Record<string, ItemWords> = {
	"only-server-scripts": {
		title: "Keys are only in server-side Scripts or the Secrets Store",
		what: "Search your places for auxvyn_: only Scripts in ServerScriptService may have it, or the Secrets Store.",
		why: "Players can read all that reaches their devices: LocalScripts, ReplicatedStorage, values and attributes.",
		way: "Move the key into a Script in ServerScriptService or the Secrets Store, then rotate it, because somebody may have read it.",
	},
	"trusted-editors": {
		title: "Only people you trust can edit the places",
		what: "Look through the collaborators of each experience, and through the roles of its group that may edit.",
		why: "Whoever can open a place in Studio can read the key in it.",
		way: "Take the right to edit from those who need it no more, then rotate the keys they could read.",
	},
	"no-uncopylocked": {
		title: "Nobody can copy a place with a key in it",
		what: "See that copying is not allowed in the settings of any place that has a key.",
		why: "A place that may be copied gives its scripts, and the key in them, to everybody.",
		way: "Turn copying off and rotate the key. Share an example without the key’s Script instead.",
	},
	"leak-plan": {
		title: "You know what to do when a key leaks",
		what: "Delete the key here: it stops at once. Reconnect in Studio, publish, and restart the game’s servers.",
		why: "Between a leak and its misuse there may be minutes.",
		way: "Try it once with a test place, with everybody who would have to do it.",
	},
};

export function itemWords(id: string): ItemWords | undefined {
	return CHECKED[id] ?? ASKED[id];
}
