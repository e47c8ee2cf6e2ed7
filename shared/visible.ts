/** What can be seen: no white space, nothing that only shapes its neighbours, and no blank that passes for a letter or sign. */
export const VISIBLE = /(?![\p{Default_Ignorable_Code_Point}\u2800])[\p{L}\p{N}\p{P}\p{S}]/u;
