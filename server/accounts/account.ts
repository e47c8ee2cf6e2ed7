/** Who is signed in, as the rest of the server knows them. */
export interface Account {
	id: string;
	name: string;
	email: string;
}
