import { Dialog as Kobalte } from "@kobalte/core/dialog";
import type { JSX } from "solid-js";

export interface DialogProps {
	open: boolean;
	/** Escape, or a click beside the dialog: the owner decides whether it closes. */
	onDismiss: () => void;
	title: JSX.Element;
	description: JSX.Element;
	/** Something irreversible is being asked: announced at once, and a click beside it does nothing. */
	alert?: boolean;
	/** Where the focus goes when what had it before is gone. */
	focusInstead?: () => HTMLElement | null;
	children: JSX.Element;
}

/** A modal dialog that holds the focus, and gives it back to what had it before. */
export function Dialog(props: DialogProps) {
	let before: HTMLElement | undefined;
	const giveFocusBack = () => {
		const target = before?.isConnected ? before : props.focusInstead?.();
		target?.focus({ preventScroll: target === before });
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
						onOpenAutoFocus={() => (before = document.activeElement as HTMLElement)}
						onCloseAutoFocus={giveFocusBack}
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
