import type { Zone } from "./places.ts";

/** The rules of what the plugin may write, said once more and differently, to hold the plugin against them. */
export interface Candidate {
	class: string;
	runContext?: string;
	zone: Zone;
	/** A child of ServerScriptService. */
	direct: boolean;
	tag: boolean;
	shape: string;
	name: string;
}

export interface Verdict {
	/** The only Script that may be changed. */
	legitimate?: Candidate;
	allowed: { expect: "none" | "managed" | "refused"; asks: boolean; otherAddress: boolean; updatable: boolean };
}

const EDITED = new Set(["edited", "edited-end"]);
const OLDER = new Set(["older", "older-plain"]);
const CURRENT = new Set(["own", "bom", "crlf", "comments", "spaces", "own-apis", "apis", "other-address"]);
const WITHOUT_KEY = new Set(["no-key", "cut-key", "empty", "foreign"]);

const hasForm = ({ shape }: Candidate) => EDITED.has(shape) || OLDER.has(shape) || CURRENT.has(shape);
const inServerScriptService = ({ zone }: Candidate) => zone === "home" || zone === "package" || zone === "actor";

function isCandidate(one: Candidate): boolean {
	if (one.tag) return true;
	if (one.class === "Folder" || !inServerScriptService(one)) return false;
	if (one.class === "Script" && hasForm(one)) return true;
	return one.direct && one.name === "Auxvyn" && !WITHOUT_KEY.has(one.shape);
}

function isFine(one: Candidate): boolean {
	const runsOnServers = one.runContext === "Legacy" || one.runContext === "Server";
	return one.class === "Script" && runsOnServers && one.zone === "home" && hasForm(one);
}

export interface Surroundings {
	client: "own" | "changed" | undefined;
	/** Something else of its name is in ServerScriptService. */
	namesake: boolean;
	/** The first one is in a Folder of that name. */
	folderOfItsName: boolean;
}

export function verdictOf(all: readonly Candidate[], { client, namesake, folderOfItsName }: Surroundings): Verdict {
	const [first] = all as [Candidate];
	const candidates = all.filter(isCandidate);
	const foreign = all.filter((one) => !isCandidate(one) && one.direct && one.name === "Auxvyn");
	const isInTheWay = namesake || foreign.length > 0 || (folderOfItsName && !isCandidate(first));
	const nothing = { asks: false, otherAddress: false, updatable: false };
	const [only] = candidates;
	if (only === undefined) return { allowed: { expect: isInTheWay ? "refused" : "none", ...nothing } };
	if (candidates.length > 1 || isInTheWay || !isFine(only)) return { allowed: { expect: "refused", ...nothing } };
	const itsClient = only === first ? client : "own";
	const isEdited = EDITED.has(only.shape);
	return {
		legitimate: only,
		allowed: {
			expect: "managed",
			asks: isEdited || only.shape === "apis" || itsClient === "changed",
			otherAddress: only.shape === "other-address",
			updatable: !isEdited && (OLDER.has(only.shape) || itsClient !== "own"),
		},
	};
}
