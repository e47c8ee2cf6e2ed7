import { now } from "../ui/clock.ts";
import { day, time, timestamp } from "../ui/format.ts";

/** "14:02" today, "12 Nov" before. */
export function ShortTimestamp(props: { at: string }) {
	const today = () => new Date(props.at).toDateString() === new Date(now()).toDateString();
	return (
		<time dateTime={props.at} title={timestamp(props.at)}>
			{today() ? time(props.at) : day(props.at, now())}
		</time>
	);
}

/** "12 Nov 2026, 14:02:31" */
export function Timestamp(props: { at: string }) {
	return <time dateTime={props.at}>{timestamp(props.at)}</time>;
}
