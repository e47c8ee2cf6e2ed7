import type { Pairing } from "../../../shared/wire.ts";
import { fitLabel } from "../keys/label.ts";

/** A label to start from: the place's name, cut to what a label may be. */
export function labelFor(reported: Pairing["reported"]): string {
	const fromName = fitLabel(reported.placeName ?? "");
	return fromName ?? (reported.placeId === null ? "Unpublished place" : `Place ${reported.placeId}`);
}
