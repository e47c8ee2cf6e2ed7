/**
 * What can be seen, as a Unicode-aware regular expression's source: no white space, nothing that only shapes its
 * neighbours, and no blank that passes for a letter or sign. A text, because Luau has no regular expressions.
 */
export const VISIBLE = "(?![\\p{Default_Ignorable_Code_Point}\\u2800])[\\p{L}\\p{N}\\p{P}\\p{S}]";
