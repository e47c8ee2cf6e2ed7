import { now } from "../ui/clock.ts";
import { day, moment, time } from "../ui/format.ts";

/** "14:02" today, "12 Nov" before. */
export function When(props: { at: string }) {
	const today = () => new Date(props.at).toDateString() === new Date(now()).toDateString();
	return (
		<time dateTime={props.at} title={moment(props.at)}>
			{today() ? time(props.at) : day(props.at, now())}
		</time>
	);
}

/** "12 Nov 2026, 14:02:31" */
export function Moment(props: { at: string }) {
	return <time dateTime={props.at}>{moment(props.at)}</time>;
}
