import type { Copy, PlaceKind } from "./studio-types.ts";

export interface OpenOptions {
	/** What the DataModel says about itself: `published` for files, `template` for a new place. */
	facts?: PlaceKind;
	/** Single facts: `placeId`, `gameId`, `placeVersion`, `creatorId`, `creatorType`, `title`, `userId`. */
	factOverrides?: Record<string, string | number>;
}

export interface StudioOptions extends OpenOptions {
	/** A place file; a new baseplate where absent. */
	place?: string;
	/** The address baked into the plugin. */
	server: string;
	/** A plugin file; the project's own, built where stale, if absent. */
	plugin?: string;
	/** Takes what scripts print, line by line. */
	log?: (line: string) => void;
	/** Whether Studio remembers the widget as open; true if absent. */
	widgetOpen?: boolean;
	theme?: "dark" | "light";
	/**
	 * Origins and where requests to them really go, as DNS and a proxy would have it:
	 * `{ "https://keys.example.com": "http://127.0.0.1:8787" }`.
	 */
	network?: Record<string, string>;
	/** The experience's secrets, for `HttpService:GetSecret` on servers. */
	secrets?: Record<string, string>;
}

export interface ScreenshotOptions {
	theme?: "dark" | "light";
	/** Of the picture, in CSS pixels; 300 × 400 if absent. */
	width?: number;
	height?: number;
	copy?: Copy;
}
