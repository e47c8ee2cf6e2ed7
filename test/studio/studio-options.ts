import type { Copy, PlaceKind } from "./studio-types.ts";

/** `dark-of-2025`: the dark theme of the newer Studio. `faint`: a made-up one with text that is hard to read. */
export type Theme = "dark" | "light" | "dark-of-2025" | "faint";

export interface OpenOptions {
	/** Which ids the DataModel has. Default: `published` for files, `template` for a new place. */
	facts?: PlaceKind;
	/** Overrides: `placeId`, `gameId`, `placeVersion`, `creatorId`, `creatorType`, `title`, `userId`. */
	factOverrides?: Record<string, string | number>;
	/** How often the plugin is installed, as from a file and from the Creator Store. Default: 1. */
	copies?: number;
}

export interface StudioOptions extends OpenOptions {
	/** A place file. Default: a new baseplate. */
	place?: string;
	/** The server address baked into the plugin. */
	server: string;
	/** A plugin file. Default: the project's own, rebuilt if stale. */
	plugin?: string;
	/** Receives script output, line by line. */
	log?: (line: string) => void;
	/** Whether Studio remembers the widget as open. Default: true. */
	widgetOpen?: boolean;
	theme?: Theme;
	/**
	 * Where to send requests to an origin, like DNS and a reverse proxy:
	 * `{ "https://keys.example.com": "http://127.0.0.1:8787" }`. Several addresses take turns.
	 */
	network?: Record<string, string | string[]>;
	/** The experience's secrets, for `HttpService:GetSecret` on servers. */
	secrets?: Secrets;
	/** The experience's Local Secrets, which playtests see instead. */
	localSecrets?: Secrets;
}

/** By name: the value, or the value and the domain it may be sent to (`api.example.com`, `*.example.com`, `*`, or none). */
export type Secrets = Record<string, string | { value: string; domain: string }>;

/** Which server to start. Default: the latest version of the place that was published last. */
export interface ServerOptions {
	place?: string;
	version?: number;
}

export interface RunOptions {
	/** A game server's number, instead of a copy in Studio. */
	server?: number;
	/** Default: `edit`. */
	copy?: Copy;
	/** As a colleague in Team Create: the changes are not part of the undo history. */
	colleague?: boolean;
	/** Its changes fire no signals. */
	silent?: boolean;
	/** How long the code may yield, in real time. Default: 10. */
	seconds?: number;
}

export interface ScreenshotOptions {
	theme?: Theme;
	/** In CSS pixels. Default: 300 × 400. */
	width?: number;
	height?: number;
	copy?: Copy;
}
