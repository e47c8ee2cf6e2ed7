import { type CaseNode, type Container, containers } from "./places.ts";
import { pick, randomFrom } from "./random.ts";
import { type Candidate, verdictOf } from "./verdict.ts";

/** One place, and what the plugin may do in it, by rules that do not know the plugin. */
export interface GuardCase {
	id: number;
	services: CaseNode[];
	expect: "none" | "managed" | "refused";
	asks: boolean;
	otherAddress: boolean;
	updatable: boolean;
	/** Which of several things is tried besides. */
	extra: number;
	fault: { name: string; how?: string };
}

const CLASSES = [
	{ class: "Script", runContext: "Legacy" },
	{ class: "Script", runContext: "Server" },
	{ class: "Script", runContext: "Client" },
	{ class: "Script", runContext: "Plugin" },
	{ class: "LocalScript" },
	{ class: "ModuleScript" },
	{ class: "Folder" },
] as const;

const SHAPES = [
	"own",
	"bom",
	"crlf",
	"comments",
	"spaces",
	"own-apis",
	"apis",
	"edited",
	"edited-end",
	"older",
	"older-plain",
	"other-address",
	"no-key",
	"cut-key",
	"two-keys",
	"key-twice",
	"no-address",
	"two-addresses",
	"path-address",
	"only-a-key",
	"empty",
	"foreign",
] as const;

export const KEY_IDS = { right: "key_aaaaaaaaaaaaaaaaaaaa", wrong: "key_bbbbbbbbbbbbbbbbbbbb" };
const ATTRIBUTES = {
	right: { AuxvynSchema: 1, AuxvynKeyId: KEY_IDS.right },
	wrong: { AuxvynSchema: 1, AuxvynKeyId: KEY_IDS.wrong },
	missing: {},
} as const;

/** What else the place has. */
const COMPANY: Record<string, { candidate?: Candidate; node?: CaseNode; service?: string; namesake?: boolean }> = {
	none: {},
	twin: {
		candidate: {
			class: "Script",
			runContext: "Legacy",
			zone: "home",
			direct: true,
			tag: true,
			shape: "own",
			name: "Auxvyn",
		},
	},
	"untagged twin": {
		candidate: {
			class: "Script",
			runContext: "Legacy",
			zone: "home",
			direct: true,
			tag: false,
			shape: "own",
			name: "Auxvyn1",
		},
	},
	"exposed copy": {
		candidate: {
			class: "Script",
			runContext: "Legacy",
			zone: "exposed",
			direct: false,
			tag: true,
			shape: "own",
			name: "Auxvyn",
		},
		service: "ReplicatedStorage",
	},
	"another Script of its name": { node: { class: "Script", name: "Auxvyn", shape: "foreign" }, namesake: true },
	"a Folder of its name": { node: { class: "Folder", name: "Auxvyn" }, namesake: true },
};

const FAULTS: GuardCase["fault"][] = [
	{ name: "update-source", how: "error" },
	{ name: "update-source", how: "ignored" },
	{ name: "update-source", how: "again" },
	{ name: "drafts" },
	{ name: "recording" },
	{ name: "cancel-source" },
	{ name: "new-source" },
];

/** Takes 20 seconds of the virtual clock each time. */
const SLOW_FAULT: GuardCase["fault"] = { name: "update-source", how: "never" };

const DIMENSIONS = [
	CLASSES.length,
	containers.length,
	2,
	Object.keys(ATTRIBUTES).length,
	Object.keys(COMPANY).length,
	SHAPES.length,
] as const;

/** How many cases there are; `caseOf` makes any of them from its number. */
export const CASE_COUNT = DIMENSIONS.reduce<number>((product, size) => product * size, 1);

function digitsOf(id: number): number[] {
	let rest = id;
	return DIMENSIONS.map((size) => {
		const digit = rest % size;
		rest = Math.floor(rest / size);
		return digit;
	});
}

function merge(services: CaseNode[], service: string, node: CaseNode): CaseNode[] {
	const home = services.find((each) => each.class === service);
	if (home === undefined) return [...services, { class: service, children: [node] }];
	return services.map((each) => (each === home ? { ...each, children: [...(each.children ?? []), node] } : each));
}

function nodeOf(candidate: Candidate): CaseNode {
	return {
		class: candidate.class,
		name: candidate.name,
		...(candidate.class !== "Folder" && { shape: candidate.shape }),
		...(candidate.tag && { tags: ["AuxvynKey"] }),
		...(candidate.runContext !== undefined && { properties: { RunContext: candidate.runContext } }),
		client: "own",
	};
}

export function caseOf(id: number): GuardCase {
	const [kind, where, tagged, attributes, company, shape] = digitsOf(id) as [
		number,
		number,
		number,
		number,
		number,
		number,
	];
	const random = randomFrom(id);
	const container = containers[where] as Container;
	const beside = Object.values(COMPANY)[company] as (typeof COMPANY)[string];
	const client = pick(random, ["own", "own", "changed", undefined] as const);
	const subject: Candidate = {
		...(CLASSES[kind] as (typeof CLASSES)[number]),
		zone: container.zone,
		direct: container.direct === true,
		tag: tagged === 1,
		shape: SHAPES[shape] as string,
		name: pick(random, ["Auxvyn", "Auxvyn", "Auxvyn1", "Key"]),
	};
	const candidates = beside.candidate === undefined ? [subject] : [subject, beside.candidate];
	const hasNamesake = beside.namesake === true;
	const verdict = verdictOf(candidates, {
		client,
		namesake: hasNamesake,
		folderOfItsName: container.name === "a folder of its name",
	});
	const node: CaseNode = {
		...nodeOf(subject),
		attributes: Object.values(ATTRIBUTES)[attributes] as Record<string, string | number>,
		legitimate: verdict.legitimate === subject,
	};
	node.properties = { ...node.properties, Archivable: random() < 0.8 };
	if (subject.class === "Script" || subject.class === "LocalScript") node.properties["Disabled"] = random() < 0.2;
	if (client === undefined) delete node.client;
	else node.client = client;
	let services = container.around(node);
	if (beside.candidate !== undefined) {
		const other = { ...nodeOf(beside.candidate), legitimate: verdict.legitimate === beside.candidate };
		services = merge(services, beside.service ?? "ServerScriptService", other);
	}
	if (beside.node !== undefined) services = merge(services, "ServerScriptService", beside.node);
	const extra = Math.floor(random() * 12);
	return { id, services, ...verdict.allowed, extra, fault: random() < 0.02 ? SLOW_FAULT : pick(random, FAULTS) };
}
