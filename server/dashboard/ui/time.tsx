import { now } from "./clock.ts";
import { ago, day, moment } from "./format.ts";

export function Ago(props: { at: string }) {
	return (
		<time dateTime={props.at} title={moment(props.at)}>
			{ago(props.at, now())}
		</time>
	);
}

export function Day(props: { at: string }) {
	return (
		<time dateTime={props.at} title={moment(props.at)}>
			{day(props.at, now())}
		</time>
	);
}
