import { type JSX, Show } from "solid-js";

import type { Key, KeyDetails, KeyUsage, PersonRef } from "../../../shared/wire.ts";
import { KeyLink } from "../keys/key-link.tsx";
import { revokedReason } from "../keys/revoked-words.ts";
import { now } from "../ui/clock.ts";
import { day } from "../ui/format.ts";
import { Ago } from "../ui/time.tsx";
import { firstUse, whenWords } from "./usage-bars.ts";
import { Moment } from "./when.tsx";

/** All that is known of a key, a line each; what does not apply has none. */
export function Facts(props: { workspaceId: string; details: KeyDetails; usage: KeyUsage | undefined }) {
	const key = () => props.details.key;
	const firstUsed = () => props.usage && firstUse(props.usage, key().createdAt);
	return (
		<section class="card pad details">
			<h2>Details</h2>
			<dl class="facts">
				<From key={key()} />
				<Fact name="Made by">
					<Show when={key().createdBy} fallback="somebody whose account is deleted">
						{(person) => <PersonName is={person()} />}
					</Show>
				</Fact>
				<Fact name="Created">
					<Moment at={key().createdAt} />
				</Fact>
				<Show when={key().origin === "studio"}>
					<TimeFact name="Installed" at={key().confirmedAt} otherwise="not yet" />
				</Show>
				<Show when={firstUsed()}>
					{(hour) => (
						<Fact name="First used">
							{day(hour().from, now())}, {whenWords(hour(), "hours", now())}
						</Fact>
					)}
				</Show>
				<Fact name="Last used">
					<Show when={key().lastUsedAt} fallback="never">
						{(at) => <Ago at={at()} />}
					</Show>
				</Fact>
				<TimeFact name="First game server" at={key().firstServerAt} otherwise="none yet" />
				<Show when={key().lastServerAt}>
					{(at) => (
						<Fact name="Last game server">
							<Ago at={at()} />
						</Fact>
					)}
				</Show>
				<Show when={props.details.replaces}>
					{(old) => (
						<Fact name="Replaces">
							<KeyLink workspaceId={props.workspaceId} key={old()} />
						</Fact>
					)}
				</Show>
				<Show when={props.details.replacement}>
					{(next) => (
						<Fact name="Replaced by">
							<KeyLink workspaceId={props.workspaceId} key={next()} />
						</Fact>
					)}
				</Show>
				<Show when={key().revokedAt}>{(at) => <Revocation key={key()} at={at()} />}</Show>
				<Fact name="ID">
					<span class="mono">{key().id}</span>
				</Fact>
			</dl>
		</section>
	);
}

function Fact(props: { name: string; children: JSX.Element }) {
	return (
		<div>
			<dt>{props.name}</dt>
			<dd>{props.children}</dd>
		</div>
	);
}

function TimeFact(props: { name: string; at: string | null; otherwise: string }) {
	return (
		<Fact name={props.name}>
			<Show when={props.at} fallback={props.otherwise}>
				{(at) => <Moment at={at()} />}
			</Show>
		</Fact>
	);
}

function From(props: { key: Key }) {
	return (
		<>
			<Fact name="From">
				<Show when={props.key.origin === "studio"} fallback="Dashboard">
					Studio
					<Show when={props.key.place?.name}>
						{(name) => (
							<>
								, in <bdi>{name()}</bdi>
							</>
						)}
					</Show>
				</Show>
			</Fact>
			<Show when={props.key.place?.placeId}>
				{(id) => (
					<Fact name="Place ID">
						<span class="mono">{id()}</span> <span class="muted">as Studio said</span>
					</Fact>
				)}
			</Show>
			<Show when={props.key.place?.universeId}>
				{(id) => (
					<Fact name="Universe ID">
						<span class="mono">{id()}</span>
					</Fact>
				)}
			</Show>
		</>
	);
}

function Revocation(props: { key: Key; at: string }) {
	return (
		<>
			<Fact name="Revoked">
				<Moment at={props.at} />
				<Show when={props.key.revokedBy}>
					{(person) => (
						<>
							{" "}
							by <PersonName is={person()} />
						</>
					)}
				</Show>
				<Show when={revokedReason(props.key.revokedReason)}>{(reason) => <>, {reason()}</>}</Show>
			</Fact>
			<Fact name="Last refused">
				<Show when={props.key.lastRefusedAt} fallback="never since then">
					{(at) => <Ago at={at()} />}
				</Show>
			</Fact>
		</>
	);
}

function PersonName(props: { is: PersonRef }) {
	return (
		<>
			<bdi>{props.is.name}</bdi>
			<Show when={props.is.left}>
				<span class="muted"> (left)</span>
			</Show>
		</>
	);
}
