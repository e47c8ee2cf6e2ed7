/** A workspace's tabs, in order. Their pages are in `routes.ts`. */
export const TABS = [
	{ path: "keys", text: "API Keys" },
	{ path: "security", text: "Security" },
	{ path: "activity", text: "Activity" },
	{ path: "people", text: "People" },
	{ path: "settings", text: "Settings" },
];
