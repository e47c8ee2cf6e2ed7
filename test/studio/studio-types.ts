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

/** The widget as the user sees it, top to bottom. */
export interface Widget {
	open: boolean;
	title: string;
	/** The root's attribute `State`: `waiting` and `confirm` wait for the user. */
	state: string;
	/** The root's attribute `Busy`: the plugin is working. */
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
	/** PlaceVersion: by default the latest one when the server started. */
	version: number;
	/** Script output, line by line. */
	output: string[];
	/** The level of each line. */
	levels: ("print" | "warn" | "error")[];
}

export interface PluginAction {
	id: string;
	text: string;
	statusTip: string;
}

/** What a script analysis callback of the plugin reports. */
export interface Finding {
	message: string;
	/** From 1. */
	line: number;
	code?: string;
	severity?: string;
}

/** What InstanceFileSyncService reports of an instance that Script Sync was told to sync. */
export type SyncStatus = "SyncedAsRoot" | "Errored" | "NotSynced";

/** Which DataModel: a playtest has three, and `second` is a second Studio's. Default: the one the user sees. */
export type Copy = "edit" | "server" | "client" | "second";

export type PlaceKind = "published" | "group" | "unpublished" | "template";

/** Faults that can be injected; see the README. */
export type Fault =
	| "http"
	| "scripts"
	| "update-source"
	| "recording"
	| "drafts"
	| "undo-source"
	| "undo-marks"
	| "cancel"
	| "cancel-source"
	| "linked-source"
	| "new-source"
	| "unload"
	| "http-connect"
	| "http-error"
	| "http-timeout"
	| "http-default-timeout"
	| "http-nonsense"
	| "http-status"
	| "http-limit"
	| "http-budget"
	| "http-at-once"
	| "http-slow"
	| "http-late"
	| "http-lost"
	| "http-doubled"
	| "http-capability"
	| "invoke-on-caller"
	| "product-info"
	| "reflection"
	| "file-sync"
	| "analysis"
	| "no-analysis"
	| "settings"
	| "enabled"
	| "no-editor-source"
	| "item-changed"
	| "slow";

/** Faults of one name that select differently (`how`, `match`, `method`, `by`) are active together. */
export interface FaultOptions {
	/** How it fails; see the README. */
	how?: string;
	/** Fails this many times, then works again. */
	times?: number;
	/** Fails at the nth use that it selects, once unless `times` says otherwise. */
	nth?: number;
	/** Fails with this probability, 0 to 1, from a fixed `seed`. */
	chance?: number;
	seed?: number;
	/** Only requests whose URL contains this text: a host, a path. */
	match?: string;
	/** Only requests of this method. */
	method?: string;
	/** Only requests of the plugin, or of the game's scripts. */
	by?: "plugin" | "game";
	/** HTTP status of the faked response. */
	status?: number;
	/** Body of the faked response; JSON is declared as such. */
	body?: string;
	/** Headers of the faked response. */
	headers?: Record<string, string>;
	/** A duration on the virtual clock. */
	seconds?: number;
	/** A number of requests. */
	count?: number;
}

/** A request as it was asked for, whether or not it was sent. */
export interface SentRequest {
	method: string;
	url: string;
	by: "plugin" | "game";
}

export interface History {
	/** Names of the steps that can be undone, oldest first. */
	undo: string[];
	/** Number of changes outside any recording. */
	unrecorded: number;
	/** Whether a recording is open. */
	recording: boolean;
}
