import "../styles/pairing.css";

import { useLocation, useNavigate, useSearchParams } from "@solidjs/router";
import { Match, Switch } from "solid-js";

import { usePageTitle } from "../ui/page-title.ts";
import { CodeEntry } from "./code-entry.tsx";
import { PairingCode } from "./pairing-code.tsx";
import { SameCode } from "./same-code.tsx";
import { readUserCode } from "./user-code.ts";

/**
 * `/pair`: asks for the code, unless the address has it. A code is looked up once somebody has said that they mean it,
 * by typing it or by a click: a link alone must neither claim a code nor use up tries.
 */
export function PairPage() {
	usePageTitle(() => "Connect a place");
	const navigate = useNavigate();
	const location = useLocation<{ code?: string }>();
	const [search] = useSearchParams<{ code?: string }>();
	const meant = () => readUserCode(location.state?.code ?? "");
	const linked = () => readUserCode(search.code ?? "");
	/** In the history entry, not in the address: it is still there after a reload, and nobody can link to it. */
	const lookUp = (code: string, replace: boolean) => navigate("/pair", { state: { code }, replace });
	return (
		<main class="pair">
			<Switch
				fallback={
					<>
						<h1>Connect a place from Studio</h1>
						<p class="lead">
							In Studio, click <span class="unbroken">Plugins › Auxvyn › Connect</span>, and type the code that it
							shows.
						</p>
						<section class="card pad">
							<CodeEntry autofocus initial={search.code} onCode={(code) => lookUp(code, false)} />
						</section>
					</>
				}
			>
				<Match when={meant()} keyed>
					{(code) => <PairingCode userCode={code} onAnotherCode={() => navigate("/pair")} />}
				</Match>
				<Match when={linked()}>
					{(code) => (
						<SameCode code={code()} onSame={() => lookUp(code(), true)} onAnotherCode={() => navigate("/pair")} />
					)}
				</Match>
			</Switch>
		</main>
	);
}
