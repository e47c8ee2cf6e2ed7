import { For, Index, type JSX, Show } from "solid-js";
import { Dynamic } from "solid-js/web";

import { PLACES_MAX_KEPT, SILENCE_MINUTES } from "../../../shared/limits.ts";
import type { KeyDetails, WaitingCode, WaitingFor } from "../../../shared/wire.ts";
import { now } from "../ui/clock.ts";
import { day, number, time } from "../ui/format.ts";
import { Ago } from "../ui/time.tsx";
import { BLOCKED_DAYS, safeAt } from "./retirement-times.ts";
import { pathOf } from "./rotation-steps.ts";
import { placeName, placeTitle } from "./server-rows.ts";
import { servers } from "./servers-text.ts";

/** Of one code: places beyond these are counted. */
const PLACES_SHOWN = 4;

interface ReasonProps {
	each: WaitingFor[];
	details: KeyDetails;
	silentMinutes: number;
}

/** In the order in which they are shown. */
const REASONS: Record<WaitingCode, (props: ReasonProps) => JSX.Element> = {
	in_use: InUse,
	no_newer_version: (props) => <PerPlace {...props} reason={NoNewerVersion} />,
	same_version: (props) => <PerPlace {...props} reason={SameVersion} />,
	no_heartbeat: (props) => <PerPlace {...props} reason={NoHeartbeat} />,
	no_server_headers: NoServerHeaders,
	too_many_places: TooManyPlaces,
	silence: Silence,
};

/** Why the old key is not safe to revoke: since when, until when, and what can be done. */
export function WaitingList(props: { waitingFor: WaitingFor[]; details: KeyDetails; silentMinutes: number }) {
	const codes = () => Object.keys(REASONS).filter((code) => props.waitingFor.some((each) => each.code === code));
	const hasUnknown = () => props.waitingFor.some(({ code }) => !Object.hasOwn(REASONS, code));
	return (
		<ul class="waiting">
			<For each={codes() as WaitingCode[]}>
				{(code) => (
					<Dynamic
						component={REASONS[code]}
						each={props.waitingFor.filter((each) => each.code === code)}
						details={props.details}
						silentMinutes={props.silentMinutes}
					/>
				)}
			</For>
			<Show when={hasUnknown()}>
				<li>The server is waiting for something that this page is too old to show. Reload it.</li>
			</Show>
		</ul>
	);
}

function Place(props: { of: WaitingFor; details: KeyDetails }) {
	return <bdi>{placeName(props.of.placeId, [props.details.key, props.details.replacement])}</bdi>;
}

interface PlaceReasonProps {
	of: WaitingFor;
	place: JSX.Element;
	isLeftToPerson: boolean;
}

function PerPlace(props: ReasonProps & { reason: (props: PlaceReasonProps) => JSX.Element }) {
	const more = () => props.each.length - PLACES_SHOWN;
	return (
		<>
			<Index each={props.each.slice(0, PLACES_SHOWN)}>
				{(each) => (
					<li>
						<Dynamic
							component={props.reason}
							of={each()}
							place={<Place of={each()} details={props.details} />}
							isLeftToPerson={pathOf(props.details).isLeftToPerson}
						/>
					</li>
				)}
			</Index>
			<Show when={more() > 0}>
				<li>The same goes for {more() === 1 ? "1 more place" : `${number(more())} more places`}.</li>
			</Show>
		</>
	);
}

function InUse(props: ReasonProps) {
	const total = () => props.each.reduce((sum, each) => sum + each.servers, 0);
	const isOne = () => total() === 1;
	const places = () => new Set(props.each.map(({ placeId }) => placeId)).size;
	const shown = () => props.each.slice(0, PLACES_SHOWN);
	/** The first of those that still run, as far as the server remembers. */
	const since = () =>
		props.details.servers.versions
			.filter(({ live }) => live > 0)
			.map(({ firstSeenAt }) => firstSeenAt)
			.sort()[0];
	return (
		<li>
			<Index each={shown()}>
				{(each) => (
					<span class="waiting-line num-text">
						<Show when={places() > 1} fallback="Version">
							<bdi>{placeTitle(each().placeId, [props.details.key, props.details.replacement])}</bdi>, version
						</Show>{" "}
						{each().placeVersion}: {servers(each().servers)}
						<Show when={each().lastSeenAt}>
							{(at) => (
								<>
									, last seen <Ago at={at()} />
								</>
							)}
						</Show>
					</span>
				)}
			</Index>
			<Show when={props.each.length > PLACES_SHOWN}>
				<span class="waiting-line">and more on {number(props.each.length - PLACES_SHOWN)} other versions</span>
			</Show>
			<Show when={since()}>
				{(at) => (
					<>
						{isOne() ? "It was first seen" : "The oldest was first seen"} <Ago at={at()} />.{" "}
					</>
				)}
			</Show>
			{isOne() ? "It closes when its players leave" : "They close when their players leave"}; revoking now would cut{" "}
			{isOne() ? "it" : "them"} off. To speed this up, restart {isOne() ? "it" : "them"} in the Creator Dashboard.
		</li>
	);
}

function NoNewerVersion(props: PlaceReasonProps) {
	return (
		<Show
			when={props.of.placeId}
			fallback={<>Its replacement no longer works. Generate a new key, or keep this one.</>}
		>
			<strong>Publish {props.place}.</strong> The old key was last used there
			<LastSeen at={props.of.lastSeenAt} />, on version {props.of.placeVersion}, and no server of a later version has
			used the new one. If nobody plays that place any more, revoke the old key yourself.
		</Show>
	);
}

function SameVersion(props: PlaceReasonProps) {
	return (
		<>
			<strong>
				Both keys run on version {props.of.placeVersion} of {props.place}:
			</strong>{" "}
			the secret was changed without publishing, so old and new servers cannot be told apart by version.{" "}
			{props.isLeftToPerson
				? "No server uses the old key any more: revoke it now, or publish the place once, and it is revoked automatically."
				: "Publish the place once, and the old key is revoked automatically."}
		</>
	);
}

function NoHeartbeat(props: PlaceReasonProps) {
	return (
		<>
			<strong>In {props.place}, servers with an older runtime used it</strong>
			<LastSeen at={props.of.lastSeenAt} />. They send nothing while idle, so silence does not mean that they are gone.
			This blocks retirement <Until of={props.of} />. If you know that none is left, revoke the old key yourself. To
			avoid this next time, update the Script in Studio, and publish.
		</>
	);
}

function NoServerHeaders(props: ReasonProps) {
	return (
		<Index each={props.each}>
			{(each) => (
				<li>
					<strong>Something that named no game server used it</strong>
					<LastSeen at={each().lastSeenAt} />: a script of your own, a game without the runtime, or any game before this
					server was updated to show them. The server cannot tell when it is gone, so this blocks retirement{" "}
					<Until of={each()} />. Give it the new key; if you know that nothing needs the old one, revoke it yourself.
				</li>
			)}
		</Index>
	);
}

function TooManyPlaces(props: ReasonProps) {
	return (
		<Index each={props.each}>
			{(each) => (
				<li>
					<strong>More than {PLACES_MAX_KEPT} places used it</strong>
					<LastSeen at={each().lastSeenAt} />, more than the server can track. Make sure that all of them are published
					with the new key, then revoke the old one yourself. If your game does not have that many places, someone else
					may have the key: revoke it now.
				</li>
			)}
		</Index>
	);
}

function Silence(props: ReasonProps) {
	const at = () => safeAt(props.each, props.silentMinutes, now());
	const isNextLive = () => (props.details.rotation?.servers.live ?? 0) > 0;
	return (
		<li class="num-text">
			<strong>
				{props.silentMinutes} of {SILENCE_MINUTES} minutes without a request.
			</strong>{" "}
			<Show when={props.each[0]?.lastSeenAt} fallback="No game has ever used the old key.">
				{(last) => (
					<>
						The old key was last used <Ago at={last()} />.
					</>
				)}
			</Show>{" "}
			<Show
				when={isNextLive() && at()}
				fallback="Minutes count only while a game server uses the new key, and none does now."
			>
				{(end) => (
					<>
						The 30 minutes are up at about {time(new Date(end()).toISOString())}, unless something uses it before then.
					</>
				)}
			</Show>
		</li>
	);
}

function LastSeen(props: { at: string | null }) {
	return (
		<Show when={props.at}>
			{(at) => (
				<>
					{" "}
					<Ago at={at()} />
				</>
			)}
		</Show>
	);
}

function Until(props: { of: WaitingFor }) {
	const end = () => safeAt([props.of], 0, now());
	return (
		<Show when={end()} fallback="for now">
			{(at) => (
				<>
					until {day(new Date(at()).toISOString(), now())}, {BLOCKED_DAYS} days after that
				</>
			)}
		</Show>
	);
}
