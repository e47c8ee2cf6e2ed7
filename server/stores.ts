import * as accountWrites from "./accounts/account-writes.store.ts";
import * as credentials from "./accounts/credentials.store.ts";
import * as deleteAccount from "./accounts/delete-account.store.ts";
import * as firstAccount from "./accounts/first-account.store.ts";
import * as resets from "./accounts/resets.store.ts";
import * as sessionList from "./accounts/session-list.store.ts";
import * as sessionTidying from "./accounts/session-tidying.store.ts";
import * as signUp from "./accounts/sign-up.store.ts";
import * as activityList from "./activity/activity-list.store.ts";
import * as record from "./activity/record.store.ts";
import * as sweepActivity from "./activity/sweep.store.ts";
import * as checkWorkspace from "./checklist/check-workspace.store.ts";
import * as checklistQuestions from "./checklist/questions.store.ts";
import * as firstSteps from "./first-load/first-steps.store.ts";
import * as start from "./first-load/start.store.ts";
import * as authenticate from "./keys/authenticate.store.ts";
import * as key from "./keys/key.store.ts";
import * as keyDetails from "./keys/key-details.store.ts";
import * as keyList from "./keys/key-list.store.ts";
import * as keyUse from "./keys/key-use.store.ts";
import * as keyWrites from "./keys/key-writes.store.ts";
import * as manageKeys from "./keys/manage-keys.store.ts";
import * as revokeByMaker from "./keys/revoke-by-maker.store.ts";
import * as usage from "./keys/usage.store.ts";
import * as usageTidying from "./keys/usage-tidying.store.ts";
import * as liveChanges from "./live/changes.store.ts";
import * as liveLook from "./live/look.store.ts";
import * as liveUses from "./live/uses.store.ts";
import * as liveViewers from "./live/viewers.store.ts";
import * as pairingAnswer from "./pairing/answer.store.ts";
import * as pairingDelivery from "./pairing/delivery.store.ts";
import * as endOpen from "./pairing/end-open.store.ts";
import * as openCode from "./pairing/open-code.store.ts";
import * as reportedKey from "./pairing/reported-key.store.ts";
import * as sealPairing from "./pairing/seal.store.ts";
import * as startPairing from "./pairing/start.store.ts";
import * as sweepPairings from "./pairing/sweep.store.ts";
import * as viewedPairing from "./pairing/viewed-pairing.store.ts";
import * as invitationWrites from "./people/invitation-writes.store.ts";
import * as invitations from "./people/invitations.store.ts";
import * as people from "./people/people.store.ts";
import * as peopleWrites from "./people/people-writes.store.ts";
import * as statement from "./storage/statement.store.ts";
import { listStores } from "./storage/store-list.ts";
import * as deleteWorkspace from "./workspaces/delete-workspace.store.ts";
import * as membership from "./workspaces/membership.store.ts";
import * as sweepWorkspaces from "./workspaces/sweep.store.ts";
import * as workspace from "./workspaces/workspace.store.ts";

/** The modules of every store function there is. */
export const storeModules: readonly object[] = [
	accountWrites,
	activityList,
	authenticate,
	checklistQuestions,
	checkWorkspace,
	credentials,
	deleteAccount,
	deleteWorkspace,
	endOpen,
	firstAccount,
	firstSteps,
	invitations,
	invitationWrites,
	key,
	keyDetails,
	keyList,
	keyUse,
	keyWrites,
	liveChanges,
	liveLook,
	liveUses,
	liveViewers,
	manageKeys,
	membership,
	openCode,
	pairingAnswer,
	pairingDelivery,
	people,
	peopleWrites,
	record,
	reportedKey,
	resets,
	revokeByMaker,
	sealPairing,
	sessionList,
	sessionTidying,
	signUp,
	start,
	startPairing,
	statement,
	sweepActivity,
	sweepPairings,
	sweepWorkspaces,
	usage,
	usageTidying,
	viewedPairing,
	workspace,
];

/** Each thread loads this module. */
export const stores = listStores(import.meta.url, storeModules);
