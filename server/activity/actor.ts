/** Who changes something, and from where. `accountId` is null for a mere holder of a key, and for deadlines. */
export interface Actor {
	accountId: string | null;
	/** As `clientAddress` computes it; null where nobody asked. */
	address: string | null;
}

/** An actor who is signed in. */
export type SignedInActor = Actor & { accountId: string };

/** Deadlines and other things that nobody does. */
export const NOBODY: Actor = { accountId: null, address: null };
