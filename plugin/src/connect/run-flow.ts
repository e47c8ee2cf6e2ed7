import { deliver } from "./deliver";
import { fail, Flow } from "./flow";
import { pollUntilDecided } from "./poll";
import { isKeyId, Started } from "./responses";

/** Asks for a code, again on each Retry, until there is an answer. */
function requestCode(flow: Flow): Started | undefined {
	const { attempt, backend, address } = flow;
	flow.show({ kind: "starting", address }, true);
	const report = flow.report();
	const previousKeyId = isKeyId(flow.from?.keyId) ? flow.from.keyId : undefined;
	while (attempt.isLive()) {
		const outcome = attempt.ask(
			() => backend.start(report, flow.intent, previousKeyId),
			() => flow.note({ kind: "slow" }),
		);
		if (!attempt.isLive()) return undefined;
		if (outcome?.ok) return outcome.value;
		if (outcome !== undefined) {
			fail(flow, { kind: "backend", failure: outcome.failure });
			return undefined;
		}
		flow.note();
	}
	return undefined;
}

/** One attempt from its first request to its end. Yields throughout. */
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
	const polled = pollUntilDecided(attempt, backend, started, endsAt, flow.note, (outcome) =>
		flow.hand.arriveLate(outcome, attempt.isLive()),
	);
	if (polled.kind === "ended") fail(flow, polled.reason);
	if (polled.kind !== "granted") return;
	flow.hand.take(polled.granted.key);
	deliver(flow, polled.granted, polled.approvedAfter + started.expiresInSeconds);
}
