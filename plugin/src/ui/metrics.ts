/** Sizes and fonts, matching Studio's. A text size is the height of its line. */
export const BODY_SIZE = 16;
export const SMALL_SIZE = 14;
export const TITLE_SIZE = 18;
export const CODE_SIZE = 34;
export const MONO_SIZE = 15;
export const LINE_HEIGHT = 1.1;
export const CORNER = new UDim(0, 5);
export const FULL_WIDTH = UDim2.fromScale(1, 0);
export const FONT = Enum.Font.BuilderSans;
export const FONT_BOLD = Enum.Font.BuilderSansBold;
export const FONT_MONO = Enum.Font.RobotoMono;
/** Around all content. */
export const MARGIN = 14;
export const CARD_PADDING = 12;
/** Between columns and rows of buttons. */
export const GAP = 8;
/** Icons and the space after them. */
export const ICON_WIDTH = 24;
export const BUTTON_PADDING = 8;
/** Of what stands side by side, except for buttons. */
export const MIN_WIDTH = 80;
export const SCROLL_BAR = 6;
