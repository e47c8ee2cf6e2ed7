import ChevronDown from "lucide-solid/icons/chevron-down";
import { createSignal, For, Show } from "solid-js";

import type { Person, Role } from "../../../shared/wire.ts";
import { asApiError } from "../api/api-error.ts";
import { failureText } from "../api/failure-text.ts";
import { Button } from "../ui/button.tsx";
import { Email } from "../ui/email.tsx";
import { initials } from "../ui/format.ts";
import { Day } from "../ui/time.tsx";
import { removeButtonId } from "./focus-after-removal.ts";
import { personKeysCount, ROLE_NAMES } from "./role-text.ts";

const ROLES: Role[] = ["owner", "admin", "member"];

export function PersonRow(props: {
	person: Person;
	isMe: boolean;
	/** Whether the user can change this person's role. */
	canChangeRole: boolean;
	canRemove: boolean;
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
			const text = failureText(asApiError(failure));
			setProblem(`${text.title}. ${text.detail}`);
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
						<span class="sub">
							<Email address={props.person.email} />
						</span>
					</div>
				</div>
			</th>
			<td data-head="Role">
				<Show when={props.canChangeRole} fallback={ROLE_NAMES[props.person.role]}>
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
				{personKeysCount(props.person.activeKeys)}
			</td>
			<td class="actions-cell">
				<Show when={props.canRemove || props.isMe}>
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
