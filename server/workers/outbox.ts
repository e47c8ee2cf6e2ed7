import type { Change } from "../http/peers.ts";
import type { Told, ToldChange } from "./messages.ts";

/** So much memory that a process which takes nothing, or a flood from many addresses, costs. Further keys are not told. */
const MAX_KEYS = 10_000;

export interface OutboxOptions {
	/** Calls `sent` when the message has left this process, or never will. */
	send: (told: Told, sent: () => void) => void;
	/** For how long changes are gathered. */
	delayMs: number;
}

/** Gathers what a process is to be told, and sends it in one message at a time: what changes meanwhile is added up. */
export function createOutbox({ send, delayMs }: OutboxOptions) {
	/** By name, and then by key. */
	let counts = new Map<string, Map<string, Change>>();
	let latest: Record<string, unknown> = {};
	let keys = 0;
	let isEmpty = true;
	let isSending = false;
	let timer: NodeJS.Timeout | undefined;

	function schedule(): void {
		isEmpty = false;
		if (!isSending) timer ??= setTimeout(flush, delayMs).unref();
	}

	function flush(): void {
		timer = undefined;
		const told = {
			counts: Object.fromEntries([...counts].map(([name, changes]) => [name, toldChanges(changes)])),
			latest,
		};
		counts = new Map();
		latest = {};
		keys = 0;
		isEmpty = true;
		isSending = true;
		send(told, () => {
			isSending = false;
			if (!isEmpty) schedule();
		});
	}

	function change(name: string, key: string, { added, forgotten }: Change): void {
		const changes = counts.get(name) ?? new Map<string, Change>();
		const before = changes.get(key);
		if (before === undefined && ++keys > MAX_KEYS) return;
		const sum = forgotten ? added : (before?.added ?? 0) + added;
		counts.set(name, changes.set(key, { added: sum, forgotten: forgotten || before?.forgotten === true }));
		schedule();
	}

	function setLatest(name: string, value: unknown): void {
		latest[name] = value;
		schedule();
	}

	return {
		change,
		setLatest,
		/** What another process told. */
		pass({ counts: byName, latest: values }: Told): void {
			for (const [name, changes] of Object.entries(byName))
				for (const [key, added, forgotten] of changes) change(name, key, { added, forgotten: forgotten === 1 });
			for (const [name, value] of Object.entries(values)) setLatest(name, value);
		},
	};
}

export type Outbox = ReturnType<typeof createOutbox>;

function toldChanges(changes: ReadonlyMap<string, Change>): ToldChange[] {
	return [...changes].map(([key, { added, forgotten }]) => [key, added, forgotten ? 1 : 0]);
}
