export type Rgb = [number, number, number];
/** Scale and offset of x, then of y. */
export type Dim2 = [number, number, number, number];
/** Scale and offset. */
export type Dim = [number, number];

export interface GuiProperties {
	Size: Dim2;
	Position: Dim2;
	AnchorPoint: [number, number];
	BackgroundColor3: Rgb;
	BackgroundTransparency: number;
	BorderSizePixel: number;
	BorderColor3: Rgb;
	AutomaticSize: "None" | "X" | "Y" | "XY";
	ClipsDescendants: boolean;
	Rotation: number;
	Visible: boolean;
	ZIndex: number;
	ZIndexBehavior: "Global" | "Sibling";
	Text: string;
	TextColor3: Rgb;
	TextSize: number;
	TextTransparency: number;
	TextWrapped: boolean;
	TextXAlignment: "Left" | "Center" | "Right";
	TextYAlignment: "Top" | "Center" | "Bottom";
	TextTruncate: string;
	RichText: boolean;
	FontFace: { family: string; weight: number; italic: boolean };
	LineHeight: number;
	PlaceholderText: string;
	PlaceholderColor3: Rgb;
	Image: string;
	ImageColor3: Rgb;
	ImageTransparency: number;
	CanvasSize: Dim2;
	AutomaticCanvasSize: "None" | "X" | "Y" | "XY";
	ScrollBarThickness: number;
	ScrollBarImageColor3: Rgb;
	GroupTransparency: number;
	FillDirection: "Vertical" | "Horizontal";
	HorizontalAlignment: "Left" | "Center" | "Right";
	VerticalAlignment: "Top" | "Center" | "Bottom";
	HorizontalFlex: string;
	VerticalFlex: string;
	ItemLineAlignment: string;
	Wraps: boolean;
	Padding: Dim;
	PaddingTop: Dim;
	PaddingBottom: Dim;
	PaddingLeft: Dim;
	PaddingRight: Dim;
	CornerRadius: Dim;
	Color: Rgb | { at: number; color: Rgb }[];
	Thickness: number;
	Transparency: number;
	ApplyStrokeMode: "Contextual" | "Border";
	Enabled: boolean;
	FlexMode: "None" | "Grow" | "Shrink" | "Fill" | "Custom";
	GrowRatio: number;
	ShrinkRatio: number;
	MinSize: [number, number];
	MaxSize: [number, number];
	AspectRatio: number;
	CellSize: Dim2;
	CellPadding: Dim2;
	Scale: number;
}

/** An instance in the widget: class, visible properties, and children in order. */
export interface GuiNode {
	class: string;
	name: string;
	properties: Partial<GuiProperties>;
	children: GuiNode[];
}

export interface DrawnWidget {
	title: string;
	theme: "Dark" | "Light";
	root: GuiNode;
}

/** The UI component (UIListLayout, UIPadding, …) among a node's children. */
export function component(node: GuiNode, className: string): Partial<GuiProperties> | undefined {
	return node.children.find((child) => child.class === className)?.properties;
}
