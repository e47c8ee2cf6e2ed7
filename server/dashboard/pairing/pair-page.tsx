import "../styles/pairing.css";

import { useSearchParams } from "@solidjs/router";
import { Show } from "solid-js";

import { usePageTitle } from "../ui/page-title.ts";
import { CodeEntry } from "./code-entry.tsx";
import { PairingCode } from "./pairing-code.tsx";
import { readUserCode } from "./user-code.ts";

/** `/pair`: asks for the code, unless the address has it. */
export function PairPage() {
	usePageTitle(() => "Connect a place");
	const [search, setSearch] = useSearchParams<{ code?: string }>();
	const code = () => readUserCode(search.code ?? "");
	return (
		<main class="pair">
			<Show
				when={code()}
				keyed
				fallback={
					<>
						<h1>Connect a place from Studio</h1>
						<p class="lead">In Studio, click Plugins › Auxvyn › Connect, and type the code that it shows.</p>
						<section class="card pad">
							<CodeEntry autofocus initial={search.code} onCode={(typed) => setSearch({ code: typed })} />
						</section>
					</>
				}
			>
				{(userCode) => <PairingCode userCode={userCode} onAnotherCode={() => setSearch({ code: null })} />}
			</Show>
		</main>
	);
}
