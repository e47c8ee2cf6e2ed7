import { Match, Show, Switch } from "solid-js";

import type { Key, KeyDetails } from "../../../shared/wire.ts";
import { KeyLink } from "../keys/key-link.tsx";
import { ByPerson } from "../keys/person-name.tsx";
import { revokedReason, revoker } from "../keys/revoked-text.ts";
import { usedAt } from "../keys/used-at.ts";
import { Ago } from "../ui/time.tsx";
import { LastUse } from "./last-use.tsx";
import { servers } from "./servers-text.ts";

/** A key's status in a sentence or two. */
export function KeyStatus(props: { workspaceId: string; details: KeyDetails }) {
	const key = () => props.details.key;
	const replacement = () => (props.details.replacement?.state === "active" ? props.details.replacement : undefined);
	const replaced = () => (props.details.replaces?.state === "active" ? props.details.replaces : undefined);
	return (
		<p class="lead">
			<Switch>
				<Match when={key().state === "revoked"}>
					<Revoked key={key()} />
				</Match>
				<Match when={replacement()}>
					{(next) => (
						<>
							Being replaced by the key <KeyLink workspaceId={props.workspaceId} key={next()} />.{" "}
							{untilText(key(), next())}
						</>
					)}
				</Match>
				<Match when={key().confirmedAt === null}>
					Studio fetched it and has not used it yet. If it does not do so soon, the key is revoked automatically.
				</Match>
				<Match when={usedAt(key()) === undefined}>Active, not used by any game yet.</Match>
				<Match when={true}>
					{key().lastUsedAt === null ? "Active, not used by any game yet." : "Active."} Last used{" "}
					<LastUse key={key()} />.
				</Match>
			</Switch>{" "}
			<Show when={key().state === "active" && replaced()}>
				{(old) => (
					<>
						It replaces the key <KeyLink workspaceId={props.workspaceId} key={old()} hash="#rotate" />, {useText(old())}
						.
					</>
				)}
			</Show>
		</p>
	);
}

function untilText({ retirement }: Key, { confirmedAt }: Key): string {
	if (confirmedAt === null) return "Studio has fetched the new key and not installed it yet.";
	if (retirement?.state === "waiting") return "It will be revoked automatically once no server needs it.";
	return "It keeps working until you revoke it.";
}

/** Of a replaced key. */
function useText({ liveServers, retirement }: Key): string {
	if (liveServers > 0) return `which ${servers(liveServers)} still ${liveServers === 1 ? "uses" : "use"}`;
	if (retirement?.waitingFor.length === 0) return "which is safe to revoke";
	return "which no game server uses now";
}

function Revoked(props: { key: Key }) {
	const reason = () => revokedReason(props.key.revokedReason);
	return (
		<>
			Revoked
			<ByPerson person={revoker(props.key)} />
			<Show when={props.key.revokedAt}>
				{(at) => (
					<>
						{" "}
						<Ago at={at()} />
					</>
				)}
			</Show>
			<Show when={reason()}>{(text) => <> ({text()})</>}</Show>. Requests with it are refused.{" "}
			<Show when={props.key.lastRefusedAt}>
				{(at) => (
					<>
						Something has sent it since, most recently <Ago at={at()} />.
					</>
				)}
			</Show>
		</>
	);
}
