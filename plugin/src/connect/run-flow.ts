import { PreviousKey } from "./backend";
import { deliver } from "./deliver";
import { fail, Flow } from "./flow";
import { pollUntilDecided } from "./poll";
import { isKeyId, Started } from "./responses";

/** The key in the place, unless it is another server's: `connect` refuses that place before. */
function previousKey({ oldKey, address, check }: Flow): PreviousKey | undefined {
	if (oldKey === undefined || oldKey.address.text !== address.text) return undefined;
	const known = check();
	// The server knows better than the Script's attribute, which may be another key's after pasting or undoing.
	const keyId = known?.kind === "accepted" ? known.report.keyId : oldKey.keyId;
	return { key: oldKey.key, keyId: isKeyId(keyId) ? keyId : undefined };
}

/** Requests a code, once more on each Retry, until there is a response. */
function requestCode(flow: Flow): Started | undefined {
	const { attempt, backend, address } = flow;
	flow.show({ kind: "starting", address }, true);
	const report = flow.report();
	const previous = previousKey(flow);
	while (attempt.isLive()) {
		const outcome = attempt.run(
			() => backend.start(report, flow.intent, previous),
			() => flow.notify({ kind: "slow" }),
		);
		if (!attempt.isLive()) return undefined;
		if (outcome?.ok) return outcome.value;
		if (outcome !== undefined) {
			fail(flow, { kind: "backend", failure: outcome.failure });
			return undefined;
		}
		flow.notify();
	}
	return undefined;
}

/** Runs an attempt from its first request to its end. Yields. */
export function runFlow(flow: Flow): void {
	const { attempt, backend } = flow;
	const started = requestCode(flow);
	if (started === undefined) return;

	const startedAt = os.clock();
	const endsAt = startedAt + started.expiresInSeconds;
	flow.show(
		{
			kind: "code",
			address: flow.address,
			userCode: started.userCode,
			verificationUri: started.verificationUri,
			endsAt,
			lifetimeSeconds: started.expiresInSeconds,
		},
		true,
	);
	const polled = pollUntilDecided(attempt, backend, started, endsAt, flow.notify, (outcome) =>
		flow.pendingKey.takeLate(outcome, attempt.isLive()),
	);
	if (polled.kind === "ended") fail(flow, polled.reason);
	if (polled.kind !== "granted") return;
	flow.pendingKey.take(polled.granted.key);
	deliver(flow, polled.granted, polled.approvedAfter + started.expiresInSeconds);
}
