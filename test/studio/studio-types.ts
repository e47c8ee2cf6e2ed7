export interface WidgetButton {
	name: string;
	text: string;
	enabled: boolean;
}

export interface WidgetBox {
	name: string;
	text: string;
	editable: boolean;
}

/** The widget as a person sees it, from top to bottom. */
export interface Widget {
	open: boolean;
	title: string;
	/** The attribute `State` of the widget's root: `waiting` and `confirm` wait for a person. */
	state: string;
	/** The attribute `Busy`: the plugin is at work. */
	busy: boolean;
	texts: string[];
	buttons: WidgetButton[];
	boxes: WidgetBox[];
}

export interface ToolbarButton {
	toolbar: string;
	name: string;
	text: string;
	tooltip: string;
	enabled: boolean;
	active: boolean;
}

export interface ServerOutput {
	server: number;
	jobId: string;
	/** PlaceVersion: what was published last when the server started. */
	version: number;
	/** What scripts printed, line by line. */
	output: string[];
	/** For each line `print`, `warn` or `error`. */
	levels: ("print" | "warn" | "error")[];
}

/** Which DataModel: while a place is played there are three. Without it, the one a person looks at. */
export type Copy = "edit" | "server" | "client";

export type PlaceKind = "published" | "group" | "unpublished" | "template";

/** What can be made to fail; see the README for what each stands for. */
export type Refusal =
	| "http"
	| "scripts"
	| "update-source"
	| "recording"
	| "drafts"
	| "new-source"
	| "undo-source"
	| "cancel-source"
	| "http-connect"
	| "http-timeout"
	| "http-nonsense"
	| "http-status"
	| "http-limit"
	| "http-slow"
	| "product-info"
	| "settings";

export interface RefusalOptions {
	/** How it fails, where there are several ways: `deny`, `ask` (http); `error`, `never`, `ignored`, `again`. */
	how?: string;
	/** Fails so many times, then works again. */
	times?: number;
	/** Only requests whose URL holds this text. */
	match?: string;
	/** HTTP status of a made-up answer. */
	status?: number;
	/** Body of a made-up answer. */
	body?: string;
	/** How long a timeout or a slow answer takes, on the virtual clock. */
	seconds?: number;
}

export interface History {
	/** Names of the steps that can be undone, oldest first. */
	undo: string[];
	/** Changes of the place that no recording held. */
	unrecorded: number;
	/** Whether a recording is open. */
	recording: boolean;
}
