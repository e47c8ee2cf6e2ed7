import "../styles/pairing.css";

import { useLocation, useNavigate, useSearchParams } from "@solidjs/router";
import { Match, Switch } from "solid-js";

import { usePageTitle } from "../ui/page-title.ts";
import { CodeEntry } from "./code-entry.tsx";
import { ConfirmCode } from "./confirm-code.tsx";
import { PairingCode } from "./pairing-code.tsx";
import { readUserCode } from "./user-code.ts";

/**
 * `/pair`: asks for the user code unless the URL has it. A code is only looked up once the user has typed or confirmed
 * it: a link alone must neither claim a code nor use up attempts.
 */
export function PairPage() {
	usePageTitle(() => "Connect a place");
	const navigate = useNavigate();
	const location = useLocation<{ code?: string }>();
	const [search] = useSearchParams<{ code?: string }>();
	const confirmed = () => readUserCode(location.state?.code ?? "");
	const linked = () => readUserCode(search.code ?? "");
	/** Kept in the history entry, not the URL: it survives a reload but cannot be linked to. */
	const lookUp = (code: string, replace: boolean) => navigate("/pair", { state: { code }, replace });
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
							<CodeEntry autofocus initial={search.code} onCode={(code) => lookUp(code, false)} />
						</section>
					</>
				}
			>
				<Match when={confirmed()} keyed>
					{(code) => <PairingCode userCode={code} onAnotherCode={() => navigate("/pair")} />}
				</Match>
				<Match when={linked()}>
					{(code) => (
						<ConfirmCode code={code()} onConfirm={() => lookUp(code(), true)} onAnotherCode={() => navigate("/pair")} />
					)}
				</Match>
			</Switch>
		</main>
	);
}
