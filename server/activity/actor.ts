/** Who changes something, and from where. `accountId` is null for a mere holder of a key, and for deadlines. */
export interface Actor {
	accountId: string | null;
	/** As `clientAddress` computes it; null where there was no request. */
	address: string | null;
}

/** An actor who is signed in. */
export type SignedInActor = Actor & { accountId: string };

/** The server itself: deadlines and clean-up. */
export const SYSTEM: Actor = { accountId: null, address: null };
