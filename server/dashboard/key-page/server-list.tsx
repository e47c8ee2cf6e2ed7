import { createMemo, createSignal, For, Show } from "solid-js";
import { createStore, reconcile } from "solid-js/store";

import type { GameServer } from "../../../shared/wire.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { Delayed } from "../ui/delayed.tsx";
import { ago, number } from "../ui/format.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { pollWhileVisible } from "../ui/poll.ts";
import { fetchServers } from "./key-page-api.ts";

const REFRESH_MS = 10_000;

interface ServerListProps {
	workspaceId: string;
	keyId: string;
	/** "Each server" */
	title: string;
	/** What people call a place. */
	nameOf: (placeId: string) => string;
}

/** A key's single servers, fetched once they are asked for. */
export function ServerList(props: ServerListProps) {
	const [open, setOpen] = createSignal(false);
	return (
		<details class="server-list" onToggle={(event) => setOpen(event.currentTarget.open)}>
			<summary>{props.title}</summary>
			<Show when={open()}>
				<OpenList {...props} />
			</Show>
		</details>
	);
}

function OpenList(props: ServerListProps) {
	const [list, setList] = createStore<{ servers: GameServer[] }>({ servers: [] });
	/** When it was fetched, if it was. Times are given as of then, so that thousands of rows do not tick. */
	const [at, setAt] = createSignal<number>();
	const [error, setError] = createSignal<ApiError>();
	const load = async () => {
		try {
			const { servers } = await fetchServers(props.workspaceId, props.keyId);
			setList("servers", reconcile(inOrder(list.servers, servers), { key: "jobId" }));
			setAt(Date.now());
			setError(undefined);
		} catch (failure) {
			setError(asApiError(failure));
		}
	};
	// Memoised: each row asks.
	const isOnePlace = createMemo(() => new Set(list.servers.map(({ placeId }) => placeId)).size <= 1);
	void load();
	pollWhileVisible(REFRESH_MS, load);
	return (
		<>
			<Show when={error()}>{(failure) => <FailureNotice error={failure()} onRetry={() => void load()} />}</Show>
			<Show
				when={at()}
				fallback={
					<Show when={!error()}>
						<Loading />
					</Show>
				}
			>
				{(now) => (
					<div class="server-scroll" role="region" aria-label={props.title} tabindex="0">
						<ul>
							<For each={list.servers} fallback={<li class="muted">No server is left.</li>}>
								{(server) => (
									<li>
										<span class="mono">{server.jobId}</span>
										<span class="muted num-text">
											<Show when={!isOnePlace()}>
												<bdi>{props.nameOf(server.placeId)}</bdi>,{" "}
											</Show>
											version {server.placeVersion}, {requests(server.requests)}, first seen{" "}
											{ago(server.firstSeenAt, now())}, last {ago(server.lastSeenAt, now())}
										</span>
									</li>
								)}
							</For>
						</ul>
					</div>
				)}
			</Show>
		</>
	);
}

function Loading() {
	return (
		<Delayed>
			<p class="muted" role="status">
				Loading the servers…
			</p>
		</Delayed>
	);
}

/** Those that are shown keep their order, so that no row moves while it is read; new ones come first. */
function inOrder(shown: readonly GameServer[], fetched: readonly GameServer[]): GameServer[] {
	const places = new Map(shown.map(({ jobId }, index) => [jobId, index]));
	return [...fetched].sort((one, other) => (places.get(one.jobId) ?? -1) - (places.get(other.jobId) ?? -1));
}

function requests(count: number): string {
	return count === 1 ? "1 request" : `${number(count)} requests`;
}
