import type { RouteDefinition } from "@solidjs/router";
import { lazy } from "solid-js";

import { KeysPage } from "./keys/keys-page.tsx";
import { PublicFrame } from "./session/public-frame.tsx";
import { SignedInFrame } from "./session/signed-in-frame.tsx";
import { NotFound } from "./ui/not-found.tsx";
import { Home } from "./workspaces/home.tsx";
import { RedirectToKeys, WorkspacePage } from "./workspaces/workspace-page.tsx";

/*
 * The dashboard's pages. All but the API Keys page are loaded on demand, together with the style sheets they import, to
 * keep the first load small. Workspace tabs are also listed in `workspaces/tabs.ts`.
 */

const ActivityPage = lazy(async () => ({ default: (await import("./activity/activity-page.tsx")).ActivityPage }));
const PeoplePage = lazy(async () => ({ default: (await import("./people/people-page.tsx")).PeoplePage }));
const SettingsPage = lazy(async () => ({ default: (await import("./settings/settings-page.tsx")).SettingsPage }));
const NewWorkspacePage = lazy(async () => ({
	default: (await import("./workspaces/new-workspace-page.tsx")).NewWorkspacePage,
}));
const InvitePage = lazy(async () => ({ default: (await import("./invite/invite-page.tsx")).InvitePage }));
const PairPage = lazy(async () => ({ default: (await import("./pairing/pair-page.tsx")).PairPage }));
const KeyPage = lazy(async () => ({ default: (await import("./key-page/key-page.tsx")).KeyPage }));
const AccountPage = lazy(async () => ({ default: (await import("./account/account-page.tsx")).AccountPage }));
const ForgotPage = lazy(async () => ({ default: (await import("./account/forgot-page.tsx")).ForgotPage }));
const ResetPage = lazy(async () => ({ default: (await import("./account/reset-page.tsx")).ResetPage }));
const VerifyPage = lazy(async () => ({ default: (await import("./account/verify-page.tsx")).VerifyPage }));
const SetupPage = lazy(async () => ({ default: (await import("./setup/setup-page.tsx")).SetupPage }));
const SecurityPage = lazy(async () => ({ default: (await import("./security/security-page.tsx")).SecurityPage }));

/** Pages that do not require a session. */
const PUBLIC: RouteDefinition[] = [
	{ path: "/forgot", component: ForgotPage },
	{ path: "/reset", component: ResetPage },
	{ path: "/verify", component: VerifyPage },
	{ path: "/invite", component: InvitePage },
	{ path: "/setup", component: SetupPage },
	{ path: "*", component: NotFound },
];

const WORKSPACE: RouteDefinition[] = [
	{ path: "/", component: RedirectToKeys },
	{ path: "/keys", component: KeysPage },
	{ path: "/keys/:keyId", component: KeyPage },
	{ path: "/security", component: SecurityPage },
	{ path: "/activity", component: ActivityPage },
	{ path: "/people", component: PeoplePage },
	{ path: "/settings", component: SettingsPage },
];

const SIGNED_IN: RouteDefinition[] = [
	{ path: "/", component: Home },
	{ path: "/pair", component: PairPage },
	{ path: "/account", component: AccountPage },
	{ path: "/workspaces/new", component: NewWorkspacePage },
	{ path: "/workspaces/:workspaceId", component: WorkspacePage, children: WORKSPACE },
];

export const routes: RouteDefinition[] = [
	{ component: SignedInFrame, children: SIGNED_IN },
	{ component: PublicFrame, children: PUBLIC },
];
