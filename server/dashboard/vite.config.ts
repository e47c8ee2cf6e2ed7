import { fileURLToPath } from "node:url";

import { defineConfig, type Plugin } from "vite";
import solid from "vite-plugin-solid";

/** Schemas also document the API, at some length, which every first page would have to load. */
const withoutDescriptions: Plugin = {
	name: "without-descriptions",
	transform: {
		filter: { id: /\.schema\.ts$/ },
		handler: (code) =>
			code.replaceAll(/description:\s*"(?:[^"\\]|\\.)*",?/g, "").replaceAll(/,\s*\{\s*title: "\w+",?\s*\}/g, ""),
	},
};

export default defineConfig({
	root: fileURLToPath(new URL(".", import.meta.url)),
	plugins: [withoutDescriptions, solid()],
	build: {
		target: ["chrome123", "firefox121", "safari17.5"],
		// Inlined assets would be data: URLs and the polyfill an inline script: the CSP refuses both.
		assetsInlineLimit: 0,
		modulePreload: { polyfill: false },
		reportCompressedSize: false,
		// The server's schemas need little of TypeBox, which does not say that its modules only export.
		rolldownOptions: {
			treeshake: { moduleSideEffects: [{ test: /[\\/]node_modules[\\/]typebox[\\/]/, sideEffects: false }] },
		},
	},
});
