import { now } from "./clock.ts";
import { ago, day, timestamp } from "./format.ts";

export function Ago(props: { at: string }) {
	return (
		<time dateTime={props.at} title={timestamp(props.at)}>
			{ago(props.at, now())}
		</time>
	);
}

export function Day(props: { at: string }) {
	return (
		<time dateTime={props.at} title={timestamp(props.at)}>
			{day(props.at, now())}
		</time>
	);
}
