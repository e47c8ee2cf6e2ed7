import TriangleAlert from "lucide-solid/icons/triangle-alert";
import { createMemo, Index, Show } from "solid-js";

import { SERVERS_MAX_KEPT } from "../../../shared/limits.ts";
import type { KeyDetails } from "../../../shared/wire.ts";
import { Button } from "../ui/button.tsx";
import { number } from "../ui/format.ts";
import { Notice } from "../ui/notice.tsx";
import { Ago } from "../ui/time.tsx";
import { ServerList } from "./server-list.tsx";
import { byPlace, placeName, placeTitle, type ServerRow, serverRows } from "./server-rows.ts";
import { servers } from "./servers-text.ts";

/** The game servers that use a key and, while it is being replaced, those that use the new one. */
export function ServersCard(props: {
	workspaceId: string;
	details: KeyDetails;
	manages: boolean;
	/** Undefined if the key is being rotated already. */
	onRotate: (() => void) | undefined;
}) {
	const rows = createMemo<ServerRow[]>((before) => serverRows(props.details, before), []);
	const key = () => props.details.key;
	const next = () => (props.details.rotation === null ? null : props.details.replacement);
	const places = createMemo(() => byPlace(rows(), key().place?.placeId ?? undefined));
	const isRevoked = () => key().state === "revoked";
	const live = () => (isRevoked() ? 0 : props.details.servers.live + (props.details.rotation?.servers.live ?? 0));
	const hidden = () => live() - places().reduce((sum, { rows }) => sum + rows.reduce(addLive, 0), 0);
	const named = () => [key(), props.details.replacement, props.details.replaces];
	const silent = () => props.details.servers.versions.filter((version) => version.silent > 0);
	const isKnown = () => props.details.servers.versions.length > 0;
	return (
		<section class="card pad servers">
			<div class="card-head">
				<h2>Servers</h2>
				<Show when={rows().length > 0}>
					<span class="servers-live num-text">
						<span class="dot" classList={{ live: live() > 0 }} />
						{number(live())} live
					</span>
				</Show>
			</div>
			<Index each={places()} fallback={<p class="muted">{noneText(props.details)}</p>}>
				{(place) => (
					<>
						<Show when={places().length > 1}>
							<h3>
								<bdi>{placeTitle(place().placeId, named())}</bdi>
							</h3>
						</Show>
						<ul class="server-rows">
							<Index each={place().rows}>
								{(row) => <VersionRow row={row()} live={live()} isRotating={next() !== null} />}
							</Index>
						</ul>
					</>
				)}
			</Index>
			<Show when={hidden() > 0}>
				<p class="muted">And {servers(hidden())} on other versions.</p>
			</Show>
			<Show when={rows().length > 0 && next()}>
				{(next) => (
					<p class="server-legend">
						<span>
							<span class="dot superseded" /> old key <span class="mono">…{key().hint}</span>
						</span>
						<span>
							<span class="dot live" /> new key <span class="mono">…{next().hint}</span>
						</span>
					</p>
				)}
			</Show>
			<Show when={silent().length > 0}>
				<p class="muted">{silentText(silent().reduce((sum, { silent }) => sum + silent, 0))}</p>
			</Show>
			<Show when={props.details.servers.lastWithoutServerAt}>
				{(at) => (
					<p class="muted">
						Something that named no game server used it <Ago at={at()} />
						{amountOf(props.details)}.
					</p>
				)}
			</Show>
			<Show when={props.details.servers.truncated}>
				<Notice kind="warn" icon={<TriangleAlert />}>
					<p>
						<strong>More than {number(SERVERS_MAX_KEPT)} servers used this key in 14 days</strong>, so these counts are
						too low. If your game does not run that many, someone else may have the key
						{props.manages ? ": " : ". Ask an admin to rotate it."}
						<Show when={props.manages}>{props.onRotate ? "rotate it." : "revoke it as soon as you can."}</Show>
					</p>
					<Show when={props.manages && props.onRotate}>
						{(rotate) => (
							<div class="note-actions">
								<Button small onClick={() => rotate()()}>
									Rotate
								</Button>
							</div>
						)}
					</Show>
				</Notice>
			</Show>
			<Show when={isKnown()}>
				<ServerList
					workspaceId={props.workspaceId}
					keyId={key().id}
					title={next() === null ? "Each server" : "Each server of the old key"}
					nameOf={(placeId) => placeName(placeId, named())}
				/>
			</Show>
		</section>
	);
}

const addLive = (sum: number, { own, next }: ServerRow) => sum + own + next;

function VersionRow(props: { row: ServerRow; live: number; isRotating: boolean }) {
	const share = (count: number) => `${props.live === 0 ? 0 : (100 * count) / props.live}%`;
	const count = () => props.row.own + props.row.next;
	const isShared = () => props.row.own > 0 && props.row.next > 0;
	const whose = () => {
		if (!props.isRotating || count() === 0) return "";
		if (isShared()) return `${number(props.row.own)} old key, ${number(props.row.next)} new key`;
		return props.row.own > 0 ? "old key" : "new key";
	};
	return (
		<li>
			<span class="server-version">Version {props.row.version}</span>
			<span class="server-bar" aria-hidden="true">
				<i class={props.isRotating ? "old" : "new"} style={{ width: share(props.row.own) }} />
				<i class="new" style={{ width: share(props.row.next) }} />
			</span>
			<span class="server-count num">{servers(count())}</span>
			<span class="server-note">
				<span>{whose()}</span>
				<span>
					last seen <Ago at={props.row.lastSeenAt} />
				</span>
			</span>
		</li>
	);
}

function noneText({ key, servers, rotation }: KeyDetails): string {
	if (key.state === "revoked") return "This key is revoked, so no game server can use it.";
	if (rotation !== null) return "No game server is using either key.";
	if (key.lastServerAt === null && servers.lastWithoutServerAt === null) return "No game server has used it yet.";
	return key.lastServerAt === null ? "No game server has used it." : "No game server is using it.";
}

function silentText(count: number): string {
	const subject = count === 1 ? "1 server" : `${number(count)} servers`;
	return `${subject} went silent in the last 14 days without shutting down properly: a crash, a lost connection, or an older runtime that is idle.`;
}

function amountOf({ servers: { withoutServer1h: count } }: KeyDetails): string {
	if (count === 0) return "";
	return count === 1 ? ", 1 request in the last hour" : `, ${number(count)} requests in the last hour`;
}
