import Eye from "lucide-solid/icons/eye";
import EyeOff from "lucide-solid/icons/eye-off";
import { createSignal, Show } from "solid-js";

import { Button } from "./button.tsx";
import { Field, type FieldProps } from "./field.tsx";

/** A password field that can be revealed. */
export function PasswordField(props: Omit<FieldProps, "type" | "end">) {
	const [shown, setShown] = createSignal(false);
	const action = () => (shown() ? "Hide password" : "Show password");
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
					aria-label={action()}
					title={action()}
					onClick={() => setShown(!shown())}
				/>
			}
		/>
	);
}
