import { create, source } from "@rbxts/vide";

import { Theme } from "../studio/theme";
import { corner, padding } from "./components";
import {
	BODY_SIZE,
	BUTTON_PADDING,
	CODE_SIZE,
	FONT,
	FONT_BOLD,
	FONT_MONO,
	FULL_WIDTH,
	LINE_HEIGHT,
	SMALL_SIZE,
} from "./metrics";

export interface BoxOptions {
	name: "Address" | "UserCode" | "ServerAddress";
	text: string;
	editable?: boolean;
	large?: boolean;
	onEnter?: (text: string) => void;
}

/** A box with selectable text: plugins cannot write to the clipboard. */
export function box(theme: Theme, options: BoxOptions): TextBox {
	const large = options.large ?? false;
	const textBox = create("TextBox")({
		Name: options.name,
		Size: FULL_WIDTH,
		AutomaticSize: Enum.AutomaticSize.Y,
		BackgroundColor3: theme.input,
		Font: large ? FONT_MONO : FONT,
		TextSize: large ? CODE_SIZE : BODY_SIZE,
		LineHeight: LINE_HEIGHT,
		Text: options.text,
		TextColor3: theme.text,
		TextWrapped: true,
		TextXAlignment: large ? Enum.TextXAlignment.Center : Enum.TextXAlignment.Left,
		TextEditable: options.editable ?? false,
		ClearTextOnFocus: false,
		[1]: corner(),
		[2]: border(theme.line),
		[3]: padding(10, large ? 10 : 8),
	});
	// Deferred: the click that focuses the box also moves the cursor.
	textBox.Focused.Connect(() => {
		task.defer(() => {
			textBox.SelectionStart = 1;
			textBox.CursorPosition = textBox.Text.size() + 1;
		});
	});
	textBox.FocusLost.Connect((enterPressed) => {
		if (enterPressed) options.onEnter?.(textBox.Text);
	});
	return textBox;
}

function border(color: () => Color3): UIStroke {
	return create("UIStroke")({ ApplyStrokeMode: Enum.ApplyStrokeMode.Border, Color: color });
}

/** What the mouse does with a button. `events`: properties of the button. */
function pressable() {
	const inside = source(false);
	const down = source(false);
	return {
		pressed: () => inside() && down(),
		hovered: inside,
		events: {
			MouseEnter: () => {
				inside(true);
			},
			MouseLeave: () => {
				inside(false);
				down(false);
			},
			MouseButton1Down: () => {
				down(true);
			},
			MouseButton1Up: () => {
				down(false);
			},
		},
	};
}

export interface ButtonOptions {
	/** Also the button's Name, without spaces. */
	text: string;
	main?: boolean;
	enabled?: boolean;
	onClick: () => void;
}

export function button(theme: Theme, options: ButtonOptions): TextButton {
	const main = options.main ?? false;
	const enabled = options.enabled ?? true;
	const colors = main ? theme.mainButton : theme.button;
	const mouse = pressable();
	const background = () => {
		if (!enabled) return colors.rest();
		return mouse.pressed() ? colors.pressed() : mouse.hovered() ? colors.hover() : colors.rest();
	};
	return create("TextButton")({
		...mouse.events,
		Name: options.text.gsub("%s", "")[0],
		Size: FULL_WIDTH,
		AutomaticSize: Enum.AutomaticSize.Y,
		Active: enabled,
		AutoButtonColor: false,
		BackgroundColor3: background,
		Font: FONT_BOLD,
		TextSize: BODY_SIZE,
		Text: options.text,
		TextColor3: colors.text,
		TextTransparency: enabled ? 0 : 0.5,
		TextWrapped: true,
		Activated: () => {
			if (enabled) options.onClick();
		},
		[1]: corner(),
		[2]: border(main ? background : theme.line),
		[3]: padding(BUTTON_PADDING, 8),
	});
}

/** A text link, for rare actions. */
export function link(theme: Theme, text: string, onClick: () => void): TextButton {
	const mouse = pressable();
	return create("TextButton")({
		...mouse.events,
		Name: text,
		AutomaticSize: Enum.AutomaticSize.XY,
		BackgroundTransparency: 1,
		Active: true,
		AutoButtonColor: false,
		Font: FONT,
		TextSize: SMALL_SIZE,
		Text: text,
		TextColor3: () => (mouse.hovered() ? theme.text() : theme.muted()),
		Activated: onClick,
	});
}
