import { Dialog as Kobalte } from "@kobalte/core/dialog";
import type { JSX } from "solid-js";

export interface DialogProps {
	open: boolean;
	/** Escape, or a click outside. The caller decides whether to close. */
	onDismiss: () => void;
	title: JSX.Element;
	description: JSX.Element;
	/** For irreversible actions: announced at once, and clicks outside are ignored. */
	alert?: boolean;
	/** Gets the focus on close if the element that had it before is gone. */
	fallbackFocus?: () => HTMLElement | null;
	children: JSX.Element;
}

/** A modal dialog that traps the focus and restores it on close. */
export function Dialog(props: DialogProps) {
	let previous: HTMLElement | undefined;
	const restoreFocus = () => {
		const target = previous?.isConnected ? previous : props.fallbackFocus?.();
		target?.focus({ preventScroll: target === previous });
	};
	return (
		<Kobalte open={props.open} onOpenChange={(open) => !open && props.onDismiss()}>
			<Kobalte.Portal>
				<Kobalte.Overlay class="veil" />
				<div class="dialog-frame">
					<Kobalte.Content
						class="dialog"
						role={props.alert ? "alertdialog" : "dialog"}
						aria-modal="true"
						onOpenAutoFocus={() => (previous = document.activeElement as HTMLElement)}
						onCloseAutoFocus={restoreFocus}
						onPointerDownOutside={(event) => props.alert && event.preventDefault()}
					>
						<Kobalte.Title class="dialog-title">{props.title}</Kobalte.Title>
						<Kobalte.Description as="div" class="dialog-description">
							{props.description}
						</Kobalte.Description>
						{props.children}
					</Kobalte.Content>
				</div>
			</Kobalte.Portal>
		</Kobalte>
	);
}
