import "./styles/tokens.css";
import "./styles/fonts.css";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/layout.css";
import "./styles/menu.css";
import "./styles/code-entry.css";
import "./styles/onboarding.css";
import "./styles/dialog.css";
import "./styles/keys.css";
import "./styles/keys-table.css";
import "./styles/keys-narrow.css";
import "./styles/touch.css";

import { render } from "solid-js/web";

import { App } from "./app.tsx";

const mount = document.getElementById("app");
if (!mount) throw new Error("index.html has no #app to draw the dashboard in.");
render(() => <App />, mount);
