import { create } from "@rbxts/vide";

import { Color } from "./components";

/** Icons drawn with frames: plugins can only show images uploaded to Roblox. */
const SIZE = UDim2.fromOffset(16, 18);

function icon(parts: GuiObject[]): Frame {
	return create("Frame")({ Name: "Icon", Size: SIZE, BackgroundTransparency: 1, [1]: parts });
}

function stroke(color: Color, x: number, y: number, length: number, rotation: number): Frame {
	return create("Frame")({
		AnchorPoint: new Vector2(0.5, 0.5),
		Position: UDim2.fromOffset(x, y),
		Size: UDim2.fromOffset(length, 2),
		Rotation: rotation,
		BackgroundColor3: color,
	});
}

function disc(color: Color, size: number, filled: boolean): Frame {
	return create("Frame")({
		AnchorPoint: new Vector2(0.5, 0.5),
		Position: UDim2.fromOffset(8, 9),
		Size: UDim2.fromOffset(size, size),
		BackgroundColor3: color,
		BackgroundTransparency: filled ? 0 : 1,
		[1]: create("UICorner")({ CornerRadius: new UDim(1, 0) }),
		[2]: filled ? undefined : create("UIStroke")({ Color: color, Thickness: 1.5 }),
	});
}

export function checkIcon(color: Color): Frame {
	return icon([stroke(color, 4.5, 10.5, 6, 45), stroke(color, 10, 8.5, 11, -45)]);
}

export function dotIcon(color: Color): Frame {
	return icon([disc(color, 8, true)]);
}

export function ringIcon(color: Color): Frame {
	return icon([disc(color, 11, false)]);
}

export function warningIcon(color: Color): Frame {
	return icon([disc(color, 13, false), stroke(color, 8, 8, 5, 90), stroke(color, 8, 12.5, 2, 0)]);
}
