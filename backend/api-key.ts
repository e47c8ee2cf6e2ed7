/** A key that was let in. */
export interface ApiKey {
	/** `key_…` */
	id: string;
	/** The name that people gave it. */
	label: string;
	workspace: {
		/** `ws_…` */
		id: string;
		name: string;
	};
}
