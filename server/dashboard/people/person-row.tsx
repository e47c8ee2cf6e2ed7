import ChevronDown from "lucide-solid/icons/chevron-down";
import { createSignal, For, Show } from "solid-js";

import type { Person, Role } from "../../../shared/wire.ts";
import { asApiError } from "../api/api-error.ts";
import { failureWords } from "../api/words.ts";
import { Button } from "../ui/button.tsx";
import { initials } from "../ui/format.ts";
import { Day } from "../ui/time.tsx";
import { removeButtonId } from "./after-removal.ts";
import { keysOfPersonFigure, ROLE_NAMES } from "./role-words.ts";

const ROLES: Role[] = ["owner", "admin", "member"];

export function PersonRow(props: {
	person: Person;
	isMe: boolean;
	/** Whether one may choose this person's role. */
	choosesRole: boolean;
	removes: boolean;
	/** @throws ApiError */
	onRole: (role: Role) => Promise<void>;
	onRemove: () => void;
}) {
	const [problem, setProblem] = createSignal<string>();

	const choose = async (select: HTMLSelectElement) => {
		const role = select.value as Role;
		setProblem(undefined);
		try {
			await props.onRole(role);
		} catch (failure) {
			const words = failureWords(asApiError(failure));
			setProblem(`${words.title}. ${words.detail}`);
		}
		select.value = props.person.role;
	};

	return (
		<tr>
			<th scope="row">
				<div class="person">
					<span class="avatar" aria-hidden="true">
						{initials(props.person.name)}
					</span>
					<div>
						<bdi class="name">{props.person.name}</bdi>
						<Show when={props.isMe}>
							{" "}
							<span class="chip">you</span>
						</Show>
						<span class="sub">{props.person.email}</span>
					</div>
				</div>
			</th>
			<td data-head="Role">
				<Show when={props.choosesRole} fallback={ROLE_NAMES[props.person.role]}>
					<span class="select">
						<select
							aria-label={`Role of ${props.person.name}`}
							value={props.person.role}
							onChange={(event) => void choose(event.currentTarget)}
						>
							<For each={ROLES}>
								{(role) => (
									<option value={role} selected={role === props.person.role}>
										{ROLE_NAMES[role]}
									</option>
								)}
							</For>
						</select>
						<ChevronDown />
					</span>
					<Show when={problem()}>
						<p class="field-note wrong" role="alert">
							{problem()}
						</p>
					</Show>
				</Show>
			</td>
			<td data-head="Joined">
				<Day at={props.person.joinedAt} />
			</td>
			<td data-head="Active keys" class="num">
				{keysOfPersonFigure(props.person.activeKeys)}
			</td>
			<td class="actions-cell">
				<Show when={props.removes || props.isMe}>
					<Button
						small
						kind="quiet"
						id={removeButtonId(props.person.id)}
						aria-label={props.isMe ? "Leave" : `Remove ${props.person.name}`}
						onClick={() => props.onRemove()}
					>
						{props.isMe ? "Leave" : "Remove"}
					</Button>
				</Show>
			</td>
		</tr>
	);
}
