/** The greatest reading of the wall clock that was not believed, until a start has reported it. */
export const clockInDoubt = `
ALTER TABLE clock ADD COLUMN greatest_wall INTEGER;
`;
