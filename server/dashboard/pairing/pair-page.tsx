import "../styles/pairing.css";

import { useLocation, useNavigate, useSearchParams } from "@solidjs/router";
import { Match, Switch } from "solid-js";

import { usePageTitle } from "../ui/page-title.ts";
import { CodeEntry } from "./code-entry.tsx";
import { ConfirmLink } from "./confirm-link.tsx";
import { PairingCode } from "./pairing-code.tsx";
import { readUserCode } from "./user-code.ts";

interface PairState {
	code: string;
	/** False for a code that came with a link. */
	typed: boolean;
}

/**
 * `/pair`: asks for the user code unless the URL has it. A code is only looked up once the user has typed it or confirmed
 * the link: a link alone must neither claim a code nor use up attempts.
 */
export function PairPage() {
	usePageTitle(() => "Connect a place");
	const navigate = useNavigate();
	const location = useLocation<Partial<PairState>>();
	const [search] = useSearchParams<{ code?: string }>();
	const opened = () => readUserCode(location.state?.code ?? "");
	const linked = () => readUserCode(search.code ?? "");
	/** Kept in the history entry, not the URL: it survives a reload until it is over, but cannot be linked to. */
	const lookUp = (state: PairState, replace: boolean) => navigate("/pair", { state, replace });
	/** Leaves the page as it is, but when it is loaded again it asks for a code. */
	const forget = () => history.replaceState({ ...history.state, code: undefined }, "");
	return (
		<main class="pair">
			<Switch
				fallback={
					<>
						<h1>Connect a place from Studio</h1>
						<p class="lead">
							In Studio, click <span class="unbroken">Plugins › Auxvyn › Connect</span>, and enter the code it shows.
						</p>
						<section class="card pad">
							<CodeEntry autofocus initial={search.code} onCode={(code) => lookUp({ code, typed: true }, false)} />
						</section>
					</>
				}
			>
				<Match when={opened()} keyed>
					{(code) => (
						<PairingCode
							userCode={code}
							typed={location.state?.typed === true}
							onTyped={(typed) => lookUp({ code: typed, typed: true }, true)}
							onAnotherCode={() => navigate("/pair")}
							onOver={forget}
						/>
					)}
				</Match>
				<Match when={linked()}>
					{(code) => (
						<ConfirmLink
							onConfirm={() => lookUp({ code: code(), typed: false }, true)}
							onAnotherCode={() => navigate("/pair")}
						/>
					)}
				</Match>
			</Switch>
		</main>
	);
}
