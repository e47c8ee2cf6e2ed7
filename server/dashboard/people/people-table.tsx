import { For } from "solid-js";

import type { Person, Role } from "../../../shared/wire.ts";
import { PersonRow } from "./person-row.tsx";

export function PeopleTable(props: {
	people: Person[];
	myId: string | undefined;
	manages: boolean;
	onRole: (person: Person, role: Role) => Promise<void>;
	onRemove: (person: Person) => void;
}) {
	const owners = () => props.people.filter((person) => person.role === "owner").length;
	/** The only owner cannot change role. */
	const canChangeRole = (person: Person) => props.manages && (person.role !== "owner" || owners() > 1);
	return (
		<div class="card">
			<table class="people">
				<caption class="sr-only">People in this workspace</caption>
				<thead>
					<tr>
						<th scope="col">Person</th>
						<th scope="col">Role</th>
						<th scope="col">Joined</th>
						<th scope="col" class="num">
							Active keys
						</th>
						<th scope="col">
							<span class="sr-only">Actions</span>
						</th>
					</tr>
				</thead>
				<tbody>
					<For each={props.people}>
						{(person) => (
							<PersonRow
								person={person}
								isMe={person.id === props.myId}
								canChangeRole={canChangeRole(person)}
								canRemove={props.manages}
								onRole={(role) => props.onRole(person, role)}
								onRemove={() => props.onRemove(person)}
							/>
						)}
					</For>
				</tbody>
			</table>
		</div>
	);
}
