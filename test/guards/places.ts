/** What the generator puts into a place. Luau builds it (`build-case.luau`); `shape` names a source of `shapes.luau`. */
export interface CaseNode {
	class: string;
	name?: string;
	shape?: string;
	tags?: string[];
	attributes?: Record<string, string | number>;
	properties?: Record<string, string | boolean>;
	/** The module below it: the plugin's own, or a changed one. */
	client?: "own" | "changed";
	/** The only Script that may be changed. */
	legitimate?: boolean;
	children?: CaseNode[];
}

/** `home`: where a key may be. `storage`: never replicated, but Scripts do not run. `exposed`: players can read it. */
export type Zone = "home" | "package" | "actor" | "storage" | "exposed";

export interface Container {
	name: string;
	zone: Zone;
	/** Whether it is ServerScriptService itself. */
	direct?: boolean;
	/** The services of a place with that node in this container. */
	around: (node: CaseNode) => CaseNode[];
}

const HOME = "ServerScriptService";

function inside(service: string, ...folders: CaseNode[]): Container["around"] {
	return (node) => {
		let at = node;
		for (const folder of folders.toReversed()) at = { ...folder, children: [...(folder.children ?? []), at] };
		return [{ class: service, children: [at] }];
	};
}

const folder: CaseNode = { class: "Folder", name: "Server" };
const actor: CaseNode = { class: "Actor", name: "Actor" };
const packaged: CaseNode = { class: "Folder", name: "Kit", children: [{ class: "PackageLink" }] };

/** Services whose contents reach players, or are not known not to. */
const EXPOSED = [
	"Workspace",
	"Players",
	"Lighting",
	"MaterialService",
	"ReplicatedFirst",
	"ReplicatedStorage",
	"StarterGui",
	"StarterPack",
	"StarterPlayer",
	"SoundService",
	"Teams",
	"TextChatService",
	"VoiceChatService",
	"LocalizationService",
	"TestService",
	"Chat",
];

export const containers: readonly Container[] = [
	{ name: HOME, zone: "home", direct: true, around: inside(HOME) },
	{ name: "a folder", zone: "home", around: inside(HOME, folder) },
	{ name: "a folder of its name", zone: "home", around: inside(HOME, { ...folder, name: "Auxvyn" }) },
	{
		name: "an unarchivable folder",
		zone: "home",
		around: inside(HOME, { ...folder, properties: { Archivable: false } }),
	},
	{ name: "deep", zone: "home", around: inside(HOME, folder, { class: "Model", name: "Deep" }, folder) },
	{ name: "below a Script", zone: "home", around: inside(HOME, { class: "Script", name: "Main", shape: "foreign" }) },
	{ name: "a Package", zone: "package", around: inside(HOME, packaged) },
	{ name: "a folder in a Package", zone: "package", around: inside(HOME, packaged, folder) },
	{ name: "an Actor", zone: "actor", around: inside(HOME, actor) },
	{ name: "a folder in an Actor", zone: "actor", around: inside(HOME, actor, folder) },
	{ name: "ServerStorage", zone: "storage", around: inside("ServerStorage") },
	{ name: "a folder in ServerStorage", zone: "storage", around: inside("ServerStorage", folder) },
	...EXPOSED.map((name): Container => ({ name, zone: "exposed", around: inside(name) })),
	...["StarterPlayerScripts", "StarterCharacterScripts"].map((name): Container => ({
		name,
		zone: "exposed",
		around: inside("StarterPlayer", { class: name, name }),
	})),
	{ name: "a folder in ReplicatedStorage", zone: "exposed", around: inside("ReplicatedStorage", folder) },
	{ name: "a Package in the Workspace", zone: "exposed", around: inside("Workspace", packaged) },
];
