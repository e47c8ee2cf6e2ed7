/** The tabs of a workspace, in their order. A tab's page, and pages under it, are in `routes.ts`. */
export const TABS = [
	{ path: "keys", text: "API Keys" },
	{ path: "security", text: "Security" },
	{ path: "activity", text: "Activity" },
	{ path: "people", text: "People" },
	{ path: "settings", text: "Settings" },
];
