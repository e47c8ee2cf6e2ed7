import type { Status, Verdict } from "./contracts";

const PREFIX = "[Auxvyn]";

// Prints each change once and fires `changed`. A stopped server stays stopped.
function createStatus(changed: BindableEvent) {
	let current: Status = { state: "starting", message: "Client.start has not been called yet." };

	function set(status: Status): void {
		const repeated = current.state === status.state && current.message === status.message;
		current = table.freeze(status);
		if (repeated) return;
		if (status.state === "connected") print(PREFIX, status.message);
		else warn(PREFIX, status.message);
		changed.Fire(current);
	}

	return {
		current: () => current,
		set,
		apply: (verdict: Verdict) => {
			const { kind, message, code, workspace, label } = verdict;
			if (current.state === "stopped") return;
			if (kind === "accepted") set({ state: "connected", message, workspace, key: label });
			else set({ state: kind === "stop" ? "stopped" : "waiting", message, code });
		},
	};
}

export = table.freeze({ createStatus });
