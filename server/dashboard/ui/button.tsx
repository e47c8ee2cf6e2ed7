import { type JSX, Show, splitProps } from "solid-js";

export interface ButtonProps extends Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, "class"> {
	kind?: "primary" | "danger" | "quiet" | undefined;
	small?: boolean | undefined;
	/** In progress: ignores clicks but keeps its width and focus. */
	busy?: boolean | undefined;
	icon?: JSX.Element;
}

export function Button(props: ButtonProps) {
	const [own, rest] = splitProps(props, ["kind", "small", "busy", "icon", "children", "onClick"]);
	return (
		<button
			type="button"
			{...rest}
			class="btn"
			classList={{
				primary: own.kind === "primary",
				danger: own.kind === "danger",
				quiet: own.kind === "quiet",
				small: own.small === true,
				"icon-only": !("children" in props),
			}}
			aria-disabled={own.busy ? "true" : undefined}
			onClick={(event) => {
				if (own.busy) event.preventDefault();
				else if (typeof own.onClick === "function") own.onClick(event);
			}}
		>
			{own.icon}
			<Show when={"children" in props}>
				<span>{own.children}</span>
			</Show>
		</button>
	);
}
