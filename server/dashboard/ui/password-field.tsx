import Eye from "lucide-solid/icons/eye";
import EyeOff from "lucide-solid/icons/eye-off";
import { createSignal, Show } from "solid-js";

import { Button } from "./button.tsx";
import { Field, type FieldProps } from "./field.tsx";

/** A field whose text shows only where somebody wants to see it. */
export function PasswordField(props: Omit<FieldProps, "type" | "end">) {
	const [shown, setShown] = createSignal(false);
	const what = () => (shown() ? "Hide what is typed" : "Show what is typed");
	return (
		<Field
			{...props}
			type={shown() ? "text" : "password"}
			autocapitalize="off"
			spellcheck={false}
			end={
				<Button
					kind="quiet"
					icon={
						<Show when={shown()} fallback={<Eye />}>
							<EyeOff />
						</Show>
					}
					aria-label={what()}
					title={what()}
					onClick={() => setShown(!shown())}
				/>
			}
		/>
	);
}
