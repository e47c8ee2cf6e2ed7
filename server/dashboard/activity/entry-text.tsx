import { type JSX, Show } from "solid-js";

import type { ActivityEntry, ActivityKind } from "../../../shared/wire.ts";
import { KeyLabel, label, Name, Person, Place, RoleName } from "./entry-names.tsx";

/** An entry as a sentence: "Rin renamed Test to Staging". */
export function EntryText(props: { entry: ActivityEntry }) {
	return <>{(Object.hasOwn(SENTENCES, props.entry.kind) ? SENTENCES[props.entry.kind] : UNKNOWN)(props.entry)}</>;
}

const SENTENCES: Record<ActivityKind, (entry: ActivityEntry) => JSX.Element> = {
	"key.created": (entry) => (
		<>
			<Person of={entry.actor} /> generated the key <Name of={label(entry)} />
			<Replaces of={entry} />
		</>
	),
	"key.issued": (entry) => (
		<>
			Studio fetched the key <Name of={label(entry)} />
			<Place of={entry} before="for" />
			<Replaces of={entry} />
			<Show when={entry.actor}>
				, approved by <Person of={entry.actor} />
			</Show>
		</>
	),
	"key.installed": (entry) => (
		<>
			The key <Name of={label(entry)} /> was installed
			<Place of={entry} before="in" />
		</>
	),
	"key.renamed": (entry) => (
		<>
			<Person of={entry.actor} /> renamed the key <Name of={entry.detail["from"]} /> to <Name of={entry.detail["to"]} />
		</>
	),
	"key.revoked": (entry) => (REVOKED[entry.detail["reason"] ?? ""] ?? REVOKED_FALLBACK)(entry),
	"key.retirement_began": (entry) => (
		<>
			<Person of={entry.actor} /> set the key <Name of={label(entry)} /> to be retired when unused
			<Show when={entry.detail["replacedBy"]}>
				, in favor of <Name of={entry.detail["replacedBy"]} />
			</Show>
		</>
	),
	"key.retirement_cancelled": (entry) => (
		<>
			<Person of={entry.actor} /> chose to keep the key <Name of={label(entry)} /> instead of retiring it
		</>
	),
	"key.retirement_asked": (entry) => (
		<>
			The key <Name of={label(entry)} /> was not retired automatically: {whyAsked(entry)}
		</>
	),
	"pairing.approved": (entry) => (
		<>
			<Person of={entry.actor} /> approved a connection from Studio
			<Place of={entry} before="for" />
			<KeyLabel entry={entry} />
			<RequestedFrom entry={entry} />
		</>
	),
	"pairing.denied": (entry) => (
		<>
			<Person of={entry.actor} /> denied the connection from Studio
			<Place of={entry} before="for" />
			<KeyLabel entry={entry} />
			<RequestedFrom entry={entry} />
		</>
	),
	"invitation.created": (entry) => (
		<>
			<Person of={entry.actor} /> created an invitation link for <RoleName of={entry.detail["role"]} />
		</>
	),
	"invitation.withdrawn": (entry) => (
		<>
			<Person of={entry.actor} /> withdrew an invitation link for <RoleName of={entry.detail["role"]} />
		</>
	),
	"person.joined": (entry) => (
		<>
			<Person of={entry.person} /> joined as <RoleName of={entry.detail["role"]} />
		</>
	),
	"person.role_changed": (entry) => (
		<>
			<Show when={entry.actor?.id !== entry.person?.id} fallback={<RoleGained entry={entry} />}>
				<Person of={entry.actor} /> made <Person of={entry.person} /> <RoleName of={entry.detail["to"]} />
			</Show>
			<Show when={entry.detail["from"]}>
				{(from) => (
					<>
						{" "}
						(was <RoleName of={from()} />)
					</>
				)}
			</Show>
		</>
	),
	"person.left": (entry) => (
		<>
			<Name of={entry.person?.name} /> left the workspace
			<DeletedKeys of={entry} />
		</>
	),
	"person.removed": (entry) => (
		<>
			<Person of={entry.actor} /> removed <Name of={entry.person?.name} />
			<DeletedKeys of={entry} />
		</>
	),
	"person.keys_revoked": (entry) => (
		<>
			All keys created by <Name of={entry.person?.name ?? "someone who left"} /> are now marked as revoked
		</>
	),
	"workspace.created": (entry) => (
		<>
			<Person of={entry.actor} /> created the workspace <Name of={entry.detail["to"]} />
		</>
	),
	"workspace.renamed": (entry) => (
		<>
			<Person of={entry.actor} /> renamed the workspace from <Name of={entry.detail["from"]} /> to{" "}
			<Name of={entry.detail["to"]} />
		</>
	),
	"backend.created": (entry) => (
		<>
			<Person of={entry.actor} /> created credentials for the backend <Name of={entry.detail["name"]} />
		</>
	),
	"backend.renamed": (entry) => (
		<>
			<Person of={entry.actor} /> renamed the backend <Name of={entry.detail["from"]} /> to{" "}
			<Name of={entry.detail["to"]} />
		</>
	),
	"backend.deleted": (entry) => (
		<>
			<Person of={entry.actor} /> deleted the backend <Name of={entry.detail["name"]} />
		</>
	),
};

/** A newer server may send other kinds. */
const UNKNOWN = () => <>This page is too old to show this entry. Reload it.</>;

/** By the server's revocation reasons. */
const REVOKED: Record<string, (entry: ActivityEntry) => JSX.Element> = {
	deleted: (entry) => (
		<>
			<Person of={entry.actor} /> deleted the key <Name of={label(entry)} />
		</>
	),
	replaced: (entry) => (
		<>
			<Person of={entry.actor} /> deleted the key <Name of={label(entry)} />, which a new key replaces
		</>
	),
	retired: (entry) => (
		<>
			The key <Name of={label(entry)} /> was retired automatically, because no server needed it any more
			<Show when={entry.actor}>
				, as <Person of={entry.actor} /> had requested
			</Show>
		</>
	),
	holder: (entry) => (
		<>
			A client holding the key <Name of={label(entry)} /> revoked it
		</>
	),
	unconfirmed: (entry) => (
		<>
			The key <Name of={label(entry)} /> was revoked automatically: it was not used in time
		</>
	),
	denied: (entry) => (
		<Show
			when={entry.actor}
			fallback={
				<>
					The key <Name of={label(entry)} /> was revoked automatically: its approval is no longer valid
				</>
			}
		>
			<Person of={entry.actor} /> withdrew the approval of the key <Name of={label(entry)} /> before its first use
		</Show>
	),
};

const REVOKED_FALLBACK = (entry: ActivityEntry) => (
	<>
		The key <Name of={label(entry)} /> was revoked
	</>
);

/** Why the server does not retire a key automatically: `too_old`, or codes of what it waits for. */
function whyAsked({ detail }: ActivityEntry): string {
	const codes = (detail["reason"] ?? "").split(" ");
	if (codes.includes("too_many_places")) return "more places use it than the server can track";
	if (codes.includes("no_newer_version")) return "a place that used it was never published with the new key";
	return "after 7 days, something may still have needed it";
}

function Replaces(props: { of: ActivityEntry }) {
	return (
		<Show when={props.of.detail["replaces"]}>
			{(old) => (
				<>
					{" "}
					to replace the key <Name of={old()} />
				</>
			)}
		</Show>
	);
}

function DeletedKeys(props: { of: ActivityEntry }) {
	return (
		<Show when={props.of.detail["keys"]}>
			{(count) => (
				<>
					{" "}
					and deleted {count()} {count() === "1" ? "key" : "keys"} they had created
				</>
			)}
		</Show>
	);
}

function RequestedFrom(props: { entry: ActivityEntry }) {
	return <Show when={props.entry.detail["requestedFrom"]}>{(address) => <>, requested from {address()}</>}</Show>;
}

function RoleGained(props: { entry: ActivityEntry }) {
	return (
		<>
			<Person of={props.entry.person} /> became <RoleName of={props.entry.detail["to"]} />
		</>
	);
}
