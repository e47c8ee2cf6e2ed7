/** Sizes and fonts, matching Studio's. */
export const BODY_SIZE = 15;
export const SMALL_SIZE = 14;
export const TITLE_SIZE = 18;
export const CODE_SIZE = 30;
export const CORNER = new UDim(0, 5);
export const FULL_WIDTH = UDim2.fromScale(1, 0);
export const MONO_SIZE = 12;
export const FONT = Enum.Font.BuilderSans;
export const FONT_BOLD = Enum.Font.BuilderSansBold;
export const FONT_MONO = Enum.Font.RobotoMono;
