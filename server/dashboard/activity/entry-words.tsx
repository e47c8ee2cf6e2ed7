import { type JSX, Show } from "solid-js";

import type { ActivityEntry, ActivityKind } from "../../../shared/wire.ts";
import { label, Labelled, Place, RoleWord, What, Who } from "./entry-parts.tsx";

/** What happened, in one sentence: "Rin renamed Test to Staging". */
export function EntryWords(props: { entry: ActivityEntry }) {
	return <>{WORDS[props.entry.kind](props.entry)}</>;
}

const WORDS: Record<ActivityKind, (entry: ActivityEntry) => JSX.Element> = {
	"key.created": (entry) => (
		<>
			<Who is={entry.actor} /> generated <What is={label(entry)} />
			<Replacing of={entry} />
		</>
	),
	"key.issued": (entry) => (
		<>
			Studio fetched the key <What is={label(entry)} />
			<Place of={entry} before="for" />
			<Replacing of={entry} />
			<Show when={entry.actor}>
				, approved by <Who is={entry.actor} />
			</Show>
		</>
	),
	"key.installed": (entry) => (
		<>
			The key <What is={label(entry)} /> was installed
			<Place of={entry} before="in" />
		</>
	),
	"key.renamed": (entry) => (
		<>
			<Who is={entry.actor} /> renamed <What is={entry.detail["from"]} /> to <What is={entry.detail["to"]} />
		</>
	),
	"key.revoked": (entry) => (REVOKED[entry.detail["reason"] ?? ""] ?? REVOKED_SOMEHOW)(entry),
	"pairing.approved": (entry) => (
		<>
			<Who is={entry.actor} /> approved a connection from Studio
			<Place of={entry} before="for" />
			<Labelled entry={entry} />
		</>
	),
	"pairing.denied": (entry) => (
		<>
			<Who is={entry.actor} /> took back the connection from Studio
			<Place of={entry} before="for" />
			<Labelled entry={entry} />
		</>
	),
	"invitation.created": (entry) => (
		<>
			<Who is={entry.actor} /> made a link that invites <RoleWord is={entry.detail["role"]} />
		</>
	),
	"invitation.withdrawn": (entry) => (
		<>
			<Who is={entry.actor} /> withdrew a link that invited <RoleWord is={entry.detail["role"]} />
		</>
	),
	"person.joined": (entry) => (
		<>
			<Who is={entry.person} /> joined as <RoleWord is={entry.detail["role"]} />
		</>
	),
	"person.role_changed": (entry) => (
		<>
			<Show when={entry.actor?.id !== entry.person?.id} fallback={<Became entry={entry} />}>
				<Who is={entry.actor} /> made <Who is={entry.person} /> <RoleWord is={entry.detail["to"]} />
			</Show>
			<Show when={entry.detail["from"]}>
				{(from) => (
					<>
						{" "}
						instead of <RoleWord is={from()} />
					</>
				)}
			</Show>
		</>
	),
	"person.left": (entry) => (
		<>
			<What is={entry.person?.name} /> left the workspace
			<KeysToo of={entry} />
		</>
	),
	"person.removed": (entry) => (
		<>
			<Who is={entry.actor} /> removed <What is={entry.person?.name} />
			<KeysToo of={entry} />
		</>
	),
	"person.keys_revoked": (entry) => (
		<>
			All keys that <What is={entry.person?.name ?? "somebody who left"} /> had made are marked as revoked now
		</>
	),
	"workspace.created": (entry) => (
		<>
			<Who is={entry.actor} /> created the workspace <What is={entry.detail["to"]} />
		</>
	),
	"workspace.renamed": (entry) => (
		<>
			<Who is={entry.actor} /> renamed the workspace from <What is={entry.detail["from"]} /> to{" "}
			<What is={entry.detail["to"]} />
		</>
	),
};

/** By the reasons that the server gives. */
const REVOKED: Record<string, (entry: ActivityEntry) => JSX.Element> = {
	deleted: (entry) => (
		<>
			<Who is={entry.actor} /> deleted <What is={label(entry)} />
		</>
	),
	replaced: (entry) => (
		<>
			<What is={label(entry)} /> was revoked: a new key is in its place, as <Who is={entry.actor} /> chose
		</>
	),
	holder: (entry) => (
		<>
			A holder of the key revoked <What is={label(entry)} />
		</>
	),
	unconfirmed: (entry) => (
		<>
			<What is={label(entry)} /> was revoked by itself: not used in time
		</>
	),
	denied: (entry) => (
		<Show
			when={entry.actor}
			fallback={
				<>
					<What is={label(entry)} /> was revoked by itself: its approval no longer holds
				</>
			}
		>
			<Who is={entry.actor} /> took back <What is={label(entry)} /> before its first use
		</Show>
	),
};

const REVOKED_SOMEHOW = (entry: ActivityEntry) => (
	<>
		<What is={label(entry)} /> was revoked
	</>
);

/** Which key a new one was made to take over from. */
function Replacing(props: { of: ActivityEntry }) {
	return (
		<Show when={props.of.detail["replaces"]}>
			{(old) => (
				<>
					{" "}
					to replace <What is={old()} />
				</>
			)}
		</Show>
	);
}

/** What became of the keys of somebody who went, where they were deleted, too. */
function KeysToo(props: { of: ActivityEntry }) {
	return (
		<Show when={props.of.detail["keys"]}>
			{(count) => (
				<>
					{" "}
					and deleted {count()} {count() === "1" ? "key" : "keys"} they had made
				</>
			)}
		</Show>
	);
}

function Became(props: { entry: ActivityEntry }) {
	return (
		<>
			<Who is={props.entry.person} /> became <RoleWord is={props.entry.detail["to"]} />
		</>
	);
}
