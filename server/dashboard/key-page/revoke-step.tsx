import { Match, Show, Switch } from "solid-js";

import type { Key, Retirement } from "../../../shared/wire.ts";
import { ByPerson } from "../keys/person-name.tsx";
import { revokedVerb } from "../keys/revoked-text.ts";
import { createAction } from "../ui/action.ts";
import { announce } from "../ui/announce.tsx";
import { Button } from "../ui/button.tsx";
import { now } from "../ui/clock.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { Ago } from "../ui/time.tsx";
import { keepKey, retireKey } from "./key-page-api.ts";
import { RetirementText } from "./retirement-text.tsx";
import { asksAt } from "./retirement-times.ts";
import { RotationStep } from "./rotation-step.tsx";
import type { RotationPath } from "./rotation-steps.ts";

interface RevokeStepProps {
	workspaceId: string;
	path: RotationPath;
	current: number;
	manages: boolean;
	onDelete: (key: Key) => void;
	/** Resolves once the page shows what changed. */
	onChanged: () => Promise<void>;
}

/** The last step: automatic once no server needs the key, or by hand. */
export function RevokeStep(props: RevokeStepProps) {
	const old = () => props.path.old;
	const retirement = () => (props.path.isRevoked ? null : old().retirement);
	return (
		<RotationStep
			number={5}
			current={props.current}
			done={props.path.isRevoked}
			title={titleOf(props.path)}
			at={old().revokedAt}
		>
			<Switch>
				<Match when={props.path.isRevoked}>
					<p>
						{old().revokedReason === "retired"
							? "Revoked automatically, because no server needed it any more. The new key has taken its place."
							: "Requests with it are refused. The new key has taken its place."}
					</p>
				</Match>
				<Match when={retirement()}>
					{(running) => (
						<>
							<p>
								Started <Ago at={running().since} />
								<ByPerson person={running().by} />.
							</p>
							<p>
								<RetirementText path={props.path} retirement={running()} />
							</p>
						</>
					)}
				</Match>
				<Match when={true}>
					<p>{adviceFor(props.path)}</p>
				</Match>
			</Switch>
			<Show when={props.manages && !props.path.isRevoked && (props.path.next ?? retirement())}>
				<Actions {...props} retirement={retirement()} />
			</Show>
		</RotationStep>
	);
}

function Actions(props: RevokeStepProps & { retirement: Retirement | null }) {
	const action = createAction();
	let keep: HTMLButtonElement | undefined;
	let retire: HTMLButtonElement | undefined;
	const old = () => props.path.old;
	const state = () => props.retirement?.state;
	/** A key that nothing has used yet may never arrive in the game. */
	const successor = () => (props.path.next?.confirmedAt ? props.path.next : undefined);
	const canWait = () => state() === "asking" && props.retirement !== null && now() > asksAt(props.retirement.since);
	const isByHand = () => state() !== "waiting" && props.path.isLeftToPerson;

	const begin = (next: Key) =>
		action.run(async () => {
			await retireKey(props.workspaceId, old().id, next.id);
			await props.onChanged();
			announce("The old key will be revoked automatically once no server needs it.");
			keep?.focus();
		});
	const cancel = () =>
		action.run(async () => {
			await keepKey(props.workspaceId, old().id);
			await props.onChanged();
			announce("The old key stays active until you revoke it.");
			retire?.focus();
		});
	return (
		<>
			<div class="rotation-actions">
				<Show when={state() === undefined && !props.path.isSafe && successor()}>
					{(next) => (
						<Button
							ref={(element) => (retire = element)}
							kind={isByHand() ? undefined : "primary"}
							busy={action.busy()}
							onClick={() => void begin(next())}
						>
							Retire when unused
						</Button>
					)}
				</Show>
				<Show when={canWait() && successor()}>
					{(next) => (
						<Button kind="primary" busy={action.busy()} onClick={() => void begin(next())}>
							Wait another 7 days
						</Button>
					)}
				</Show>
				<Show when={state() !== undefined}>
					<Button ref={(element) => (keep = element)} busy={action.busy()} onClick={() => void cancel()}>
						Keep this key
					</Button>
				</Show>
				<Button kind={isByHand() ? "primary" : "danger"} onClick={() => props.onDelete(old())}>
					{isByHand() ? "Revoke the old key" : "Revoke now"}
				</Button>
			</div>
			<Show when={action.error()}>{(error) => <FailureNotice error={error()} />}</Show>
		</>
	);
}

function titleOf({ isRevoked, isSafe, old }: RotationPath): string {
	if (isRevoked) return `Old key ${revokedVerb(old)}`;
	if (isSafe) return "Safe to revoke";
	const state = old.retirement?.state;
	if (state === "asking") return "Decide what to do with the old key";
	return state === "waiting" ? "The old key is being retired" : "Revoke the old key";
}

function adviceFor(path: RotationPath): string {
	const { isSafe, next } = path;
	if (isSafe) return "No server needs it: revoking it now cuts off nothing.";
	if (path.isLeftToPerson)
		return "No server uses the old key any more. If you let the server retire it, it waits until the place is published.";
	if (next?.confirmedAt === null)
		return "Once the new key is installed, the old one can be retired: revoked automatically when no server needs it.";
	return "Let the server retire it: it keeps working, and is revoked automatically as soon as no server needs it.";
}
