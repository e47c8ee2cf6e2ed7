import { type JSX, Show } from "solid-js";

import type { Key, KeyDetails, KeyUsage, PersonRef } from "../../../shared/wire.ts";
import { KeyLink } from "../keys/key-link.tsx";
import { revokedReason, revoker } from "../keys/revoked-text.ts";
import { now } from "../ui/clock.ts";
import { day } from "../ui/format.ts";
import { Ago } from "../ui/time.tsx";
import { LastUse } from "./last-use.tsx";
import { Timestamp } from "./timestamp.tsx";
import { firstUse, periodText } from "./usage-bars.ts";

/** A key's details, one per line. Those that do not apply are left out. */
export function DetailsCard(props: { workspaceId: string; details: KeyDetails; usage: KeyUsage | undefined }) {
	const key = () => props.details.key;
	const firstUsed = () => props.usage && firstUse(props.usage, key().createdAt);
	return (
		<section class="card pad details">
			<h2>Details</h2>
			<dl class="facts">
				<Origin key={key()} />
				<Detail name="Created by">
					<Show when={key().createdBy} fallback="a deleted account">
						{(person) => <PersonName of={person()} />}
					</Show>
				</Detail>
				<Detail name="Created">
					<Timestamp at={key().createdAt} />
				</Detail>
				<Show when={key().origin === "studio"}>
					<TimeDetail name="Installed" at={key().confirmedAt} fallback="not yet" />
				</Show>
				<Show when={firstUsed()}>
					{(hour) => (
						<Detail name="First used">
							{day(hour().from, now())}, {periodText(hour(), "hours", now())}
						</Detail>
					)}
				</Show>
				<Detail name="Last used">
					<LastUse key={key()} />
				</Detail>
				<TimeDetail name="First game server" at={key().firstServerAt} fallback="none yet" />
				<Show when={key().lastServerAt}>
					{(at) => (
						<Detail name="Last game server">
							<Ago at={at()} />
						</Detail>
					)}
				</Show>
				<Show when={props.details.replaces}>
					{(old) => (
						<Detail name="Replaces">
							<KeyLink workspaceId={props.workspaceId} key={old()} />
						</Detail>
					)}
				</Show>
				<Show when={props.details.replacement}>
					{(next) => (
						<Detail name="Replaced by">
							<KeyLink workspaceId={props.workspaceId} key={next()} />
						</Detail>
					)}
				</Show>
				<Show when={key().revokedAt}>{(at) => <Revocation key={key()} at={at()} />}</Show>
				<Detail name="ID">
					<span class="mono">{key().id}</span>
				</Detail>
			</dl>
		</section>
	);
}

function Detail(props: { name: string; children: JSX.Element }) {
	return (
		<div>
			<dt>{props.name}</dt>
			<dd>{props.children}</dd>
		</div>
	);
}

function TimeDetail(props: { name: string; at: string | null; fallback: string }) {
	return (
		<Detail name={props.name}>
			<Show when={props.at} fallback={props.fallback}>
				{(at) => <Timestamp at={at()} />}
			</Show>
		</Detail>
	);
}

function Origin(props: { key: Key }) {
	return (
		<>
			<Detail name="From">
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
			</Detail>
			<Show when={props.key.place?.placeId}>
				{(id) => (
					<Detail name="Place ID">
						<span class="mono">{id()}</span> <span class="muted">as reported by Studio</span>
					</Detail>
				)}
			</Show>
			<Show when={props.key.place?.universeId}>
				{(id) => (
					<Detail name="Universe ID">
						<span class="mono">{id()}</span>
					</Detail>
				)}
			</Show>
		</>
	);
}

function Revocation(props: { key: Key; at: string }) {
	return (
		<>
			<Detail name="Revoked">
				<Timestamp at={props.at} />
				<Show when={revoker(props.key)}>
					{(person) => (
						<>
							{" "}
							by <PersonName of={person()} />
						</>
					)}
				</Show>
				<Show when={revokedReason(props.key.revokedReason)}>{(reason) => <>, {reason()}</>}</Show>
			</Detail>
			<Detail name="Last refused">
				<Show when={props.key.lastRefusedAt} fallback="not since then">
					{(at) => <Ago at={at()} />}
				</Show>
			</Detail>
		</>
	);
}

function PersonName(props: { of: PersonRef }) {
	return (
		<>
			<bdi>{props.of.name}</bdi>
			<Show when={props.of.left}>
				<span class="muted"> (left)</span>
			</Show>
		</>
	);
}
