/** Parts of states: ordinary ones, and the longest and strangest texts that can get there. */
export const address = (text: string, loopback = false) => {
	const [, host = ""] = /^https?:\/\/(.*)$/.exec(text) ?? [];
	return { text, host, loopback };
};
export const SERVER = address("https://keys.moonlit.example");
export const LOCAL = address("http://localhost:8787", true);
export const LONG_SERVER = address(
	"https://api-keys.production.europe-west4.moonlit-studios-international.example:8443",
);

export const LONG_LABEL = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenschlüsse";
export const LONG_PATH = [
	"ServerScriptService",
	"Systems",
	"Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
	"Networking",
	"ThirdPartyServicesAndCredentials",
	"Auxvyn",
].join(".");
export const RIGHT_TO_LEFT = "مفتاح الإنتاج الرئيسي للعبة الكهوف البلورية";
export const MARKUP = `<b>Tom & "Jerry"</b> <font size="90">`;

export const report = (label: string, workspaceName: string, lastServerAt?: string) => ({
	label,
	workspaceName,
	lastServerAt,
});
export const ACCEPTED = { kind: "accepted", report: report("Production", "Moonlit Studios", "2026-08-01T12:00:00Z") };
/** In a place whose key replaces another one. */
export const rotating = (
	more: Record<string, unknown>,
	[label, workspaceName] = ["Production", "Moonlit Studios"],
) => ({
	kind: "accepted",
	report: {
		...report(label, workspaceName, "2026-08-01T12:00:00Z"),
		workspaceId: "ws_2s9a0c7kq3",
		replaces: { id: "key_7f3k2m9q4x", hint: "93fe", isRevoked: false, liveServers: 0, isSafe: false, ...more },
	},
});
export const card = (more: Record<string, unknown> = {}) => ({
	path: "ServerScriptService.Auxvyn",
	hint: "a41c",
	address: SERVER,
	warnings: [],
	asks: [],
	apis: [],
	adoptable: false,
	updatable: false,
	check: ACCEPTED,
	...more,
});
export const find = (more: Record<string, unknown>) => ({
	className: "Script",
	hint: "93fe",
	spots: [{ kind: "source" }],
	meaning: "safe",
	home: "ReplicatedStorage",
	inPackage: false,
	onDisk: false,
	inUse: false,
	removable: false,
	...more,
});
export const TOOLS = { rojo: false };
export const connected = (more: Record<string, unknown> = {}, facts: Record<string, unknown> = {}) => ({
	kind: "connected",
	card: card(more),
	fresh: false,
	published: true,
	httpEnabled: true,
	tools: TOOLS,
	...facts,
});
export const API = "https://api.moonlit.example";
export const ASKS = [
	{ kind: "edited", lines: [4, 12, 13, 14, 15, 16, 17, 18, 19, 250] },
	{ kind: "client", modules: ["Client", `Client.${LONG_LABEL}`] },
	{ kind: "apis", origins: [LONG_SERVER.text, API] },
];
export const EXPOSED = {
	kind: "exposed",
	path: "ReplicatedStorage.Shop.Auxvyn",
	home: "ReplicatedStorage",
	hint: "93fe",
};
export const claimant = (path: string, ...reasons: unknown[]) => ({
	path,
	hint: "93fe",
	host: SERVER.host,
	reasons,
	sharesKey: false,
});
export const APPROVED = { label: "Production", workspaceName: "Moonlit Studios", approvedBy: "Rin" };
export const LONG_APPROVED = { label: LONG_LABEL, workspaceName: LONG_LABEL, approvedBy: RIGHT_TO_LEFT };
export const code = (server: typeof SERVER) => ({
	kind: "code",
	address: server,
	userCode: "WDJB-MJHT",
	verificationUri: `${server.text}/pair?code=WDJB-MJHT`,
	endsIn: 384,
	lifetimeSeconds: 600,
	tools: TOOLS,
});
export const refused = (refusal: Record<string, unknown>) => ({ kind: "refused", refusal });
export const failed = (reason: Record<string, unknown>, keyInPlace: string, server = SERVER) => ({
	kind: "failed",
	reason,
	keyInPlace,
	address: server,
});
export const TIMED_OUT = { kind: "timed-out" };
