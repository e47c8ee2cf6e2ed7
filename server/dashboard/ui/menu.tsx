import { createEffect, createSignal, createUniqueId, type JSX, onCleanup, Show } from "solid-js";

import { foldText } from "../../folded-text.ts";

const ITEMS = "[role^=menuitem]";

export interface MenuProps {
	/** Read out before the button's text. */
	name: string;
	class: string;
	trigger: JSX.Element;
	/** The side of the button the menu is aligned with. */
	align: "start" | "end";
	children: JSX.Element;
}

/** A menu button: https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/ */
export function Menu(props: MenuProps) {
	const [open, setOpen] = createSignal(false);
	const id = createUniqueId();
	let frame: HTMLDivElement | undefined;
	let trigger: HTMLButtonElement | undefined;
	const items = () => [...(frame?.querySelectorAll<HTMLElement>(ITEMS) ?? [])];
	const focusAt = (index: number) => items().at(index)?.focus();

	const openAt = (index: number) => {
		setOpen(true);
		focusAt(index);
	};
	const close = () => {
		setOpen(false);
		trigger?.focus();
	};
	const onTriggerKey = (event: KeyboardEvent) => {
		if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
		event.preventDefault();
		openAt(event.key === "ArrowDown" ? 0 : -1);
	};
	const onMenuKey = (event: KeyboardEvent) => {
		const all = items();
		const at = all.indexOf(document.activeElement as HTMLElement);
		const moves: Record<string, () => void> = {
			ArrowDown: () => focusAt((at + 1) % all.length),
			ArrowUp: () => focusAt(at - 1),
			Home: () => focusAt(0),
			End: () => focusAt(-1),
			Escape: close,
		};
		const move = moves[event.key];
		if (move) {
			event.preventDefault();
			move();
		} else if (event.key === "Tab") setOpen(false);
		else if (event.key.length === 1 && event.key !== " ") nextStartingWith(all, at, event.key)?.focus();
	};
	const leave = ({ target }: Event) => {
		if (!frame?.contains(target as Node)) setOpen(false);
	};

	createEffect(() => {
		if (!open()) return;
		document.addEventListener("pointerdown", leave);
		document.addEventListener("focusin", leave);
		onCleanup(() => {
			document.removeEventListener("pointerdown", leave);
			document.removeEventListener("focusin", leave);
		});
	});
	return (
		<div class="menu-frame" ref={frame}>
			<button
				type="button"
				class={props.class}
				ref={trigger}
				aria-haspopup="menu"
				aria-expanded={open()}
				aria-controls={open() ? id : undefined}
				onClick={() => (open() ? close() : openAt(0))}
				onKeyDown={onTriggerKey}
			>
				<span class="sr-only">{props.name} </span>
				{props.trigger}
			</button>
			<Show when={open()}>
				<div
					id={id}
					class="menu"
					classList={{ end: props.align === "end" }}
					role="menu"
					tabindex={-1}
					aria-label={props.name}
					onKeyDown={onMenuKey}
					onClick={({ target }) => target.closest("[role=menuitem]") && close()}
				>
					{props.children}
				</div>
			</Show>
		</div>
	);
}

/** The next item that starts with a letter, wrapping around. */
function nextStartingWith(items: HTMLElement[], at: number, letter: string): HTMLElement | undefined {
	const inOrder = [...items.slice(at + 1), ...items.slice(0, at + 1)];
	return inOrder.find(({ textContent }) => foldText(textContent).startsWith(foldText(letter)));
}

export function MenuItem(props: { icon: JSX.Element; onPick: () => void; children: JSX.Element }) {
	return (
		<button type="button" role="menuitem" tabindex={-1} onClick={() => props.onPick()}>
			{props.icon}
			<span>{props.children}</span>
		</button>
	);
}

/** `rel`: "external" for what is no page of the dashboard's, so that its router leaves the link alone. */
export function MenuLink(props: {
	icon: JSX.Element;
	href: string;
	current?: boolean;
	rel?: "external";
	children: JSX.Element;
}) {
	return (
		<a
			role="menuitem"
			tabindex={-1}
			href={props.href}
			rel={props.rel}
			aria-current={props.current ? "true" : undefined}
		>
			{props.icon}
			<span>{props.children}</span>
		</a>
	);
}

/** A radio group inside a menu. Choosing does not close the menu. */
export function MenuChoice<T extends string>(props: {
	name: string;
	options: { value: T; text: string }[];
	value: T;
	onValue: (value: T) => void;
}) {
	return (
		<div role="group" aria-label={props.name} class="menu-choice">
			<span aria-hidden="true">{props.name}</span>
			<div class="seg">
				{props.options.map(({ value, text }) => (
					<button
						type="button"
						role="menuitemradio"
						tabindex={-1}
						aria-checked={props.value === value}
						onClick={() => props.onValue(value)}
					>
						{text}
					</button>
				))}
			</div>
		</div>
	);
}
