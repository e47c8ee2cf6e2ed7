import * as accountEvents from "./accounts/activity/account-events.store.ts";
import * as passwordResetReset from "./accounts/password-reset/reset.store.ts";
import * as passwords from "./accounts/passwords/passwords.store.ts";
import * as profile from "./accounts/profile/profile.store.ts";
import * as credentials from "./accounts/sessions/credentials.store.ts";
import * as knownNetworks from "./accounts/sessions/known-networks.store.ts";
import * as sessionsProof from "./accounts/sessions/proof.store.ts";
import * as sessionSweep from "./accounts/sessions/session-sweep.store.ts";
import * as sessions from "./accounts/sessions/sessions.store.ts";
import * as firstAccount from "./accounts/sign-up/first-account.store.ts";
import * as pendingSignUps from "./accounts/sign-up/pending.store.ts";
import * as setup from "./accounts/sign-up/setup.store.ts";
import * as signUp from "./accounts/sign-up/sign-up.store.ts";
import * as activityList from "./activity/activity-list.store.ts";
import * as activityRecord from "./activity/record.store.ts";
import * as activitySweep from "./activity/sweep.store.ts";
import * as backendUses from "./backends/backend-uses.store.ts";
import * as backendWrites from "./backends/backend-writes.store.ts";
import * as backends from "./backends/backends.store.ts";
import * as checkWorkspace from "./checklist/check-workspace.store.ts";
import * as checklistChecks from "./checklist/checks.store.ts";
import * as checklistFindings from "./checklist/findings.store.ts";
import * as checklistQuestions from "./checklist/questions.store.ts";
import * as vagueLabels from "./checklist/vague-labels.store.ts";
import * as firstSteps from "./first-load/first-steps.store.ts";
import * as firstLoadStart from "./first-load/start.store.ts";
import * as authenticate from "./keys/authenticate/authenticate.store.ts";
import * as revokedMaker from "./keys/authenticate/revoked-maker.store.ts";
import * as creationRequests from "./keys/manage/creation-requests.store.ts";
import * as findKeys from "./keys/manage/find-keys.store.ts";
import * as keyDetails from "./keys/manage/key-details.store.ts";
import * as keyIndex from "./keys/manage/key-index.store.ts";
import * as keyList from "./keys/manage/key-list.store.ts";
import * as keyWrites from "./keys/manage/key-writes.store.ts";
import * as memberActions from "./keys/manage/member-actions.store.ts";
import * as examine from "./keys/retire/examine.store.ts";
import * as memberRetirement from "./keys/retire/member-retirement.store.ts";
import * as retirement from "./keys/retire/retirement.store.ts";
import * as facts from "./keys/rotate/facts.store.ts";
import * as lineage from "./keys/rotate/lineage.store.ts";
import * as replacedKey from "./keys/rotate/replaced-key.store.ts";
import * as retirements from "./keys/rotate/retirements.store.ts";
import * as servers from "./keys/rotate/servers.store.ts";
import * as silence from "./keys/rotate/silence.store.ts";
import * as successors from "./keys/rotate/successors.store.ts";
import * as keptServers from "./keys/usage/kept-servers.store.ts";
import * as keyUsage from "./keys/usage/key-usage.store.ts";
import * as keyUses from "./keys/usage/key-uses.store.ts";
import * as processes from "./keys/usage/processes.store.ts";
import * as serverPlaces from "./keys/usage/server-places.store.ts";
import * as serverUses from "./keys/usage/server-uses.store.ts";
import * as silenceGaps from "./keys/usage/silence-gaps.store.ts";
import * as studioUsage from "./keys/usage/studio-usage.store.ts";
import * as usageUsage from "./keys/usage/usage.store.ts";
import * as usageBatch from "./keys/usage/usage-batch.store.ts";
import * as usageLog from "./keys/usage/usage-log.store.ts";
import * as usageSweep from "./keys/usage/usage-sweep.store.ts";
import * as liveChanges from "./live/changes.store.ts";
import * as livePoll from "./live/poll.store.ts";
import * as liveUses from "./live/uses.store.ts";
import * as liveViewers from "./live/viewers.store.ts";
import * as deleteAccount from "./offboarding/delete-account.store.ts";
import * as deleteWorkspace from "./offboarding/delete-workspace.store.ts";
import * as members from "./offboarding/members.store.ts";
import * as resetAccount from "./offboarding/reset-account.store.ts";
import * as review from "./offboarding/review.store.ts";
import * as revokeByMaker from "./offboarding/revoke-by-maker.store.ts";
import * as sweepWorkspaces from "./offboarding/sweep-workspaces.store.ts";
import * as pairingApproval from "./pairing/approval.store.ts";
import * as connectionAlert from "./pairing/connection-alert.store.ts";
import * as pairingDelivery from "./pairing/delivery.store.ts";
import * as endPairings from "./pairing/end-pairings.store.ts";
import * as pairingMakeRoom from "./pairing/make-room.store.ts";
import * as openCode from "./pairing/open-code.store.ts";
import * as poller from "./pairing/poller.store.ts";
import * as previousKey from "./pairing/previous-key.store.ts";
import * as pairingSeal from "./pairing/seal.store.ts";
import * as pairingStart from "./pairing/start.store.ts";
import * as pairingSweep from "./pairing/sweep.store.ts";
import * as pairingTransition from "./pairing/transition.store.ts";
import * as viewedPairing from "./pairing/viewed-pairing.store.ts";
import * as pairingWithdraw from "./pairing/withdraw.store.ts";
import * as invitationWrites from "./people/invitation-writes.store.ts";
import * as invitations from "./people/invitations.store.ts";
import * as people from "./people/people.store.ts";
import * as peopleSignUp from "./people/sign-up.store.ts";
import * as alertQuota from "./quotas/alert-quota.store.ts";
import * as quotas from "./quotas/quotas.store.ts";
import * as clock from "./storage/clock.store.ts";
import * as statement from "./storage/statement.store.ts";
import { listStores } from "./storage/store-list.ts";
import * as withdrawalLag from "./storage/withdrawal-lag.store.ts";
import * as membership from "./workspaces/membership.store.ts";
import * as workspace from "./workspaces/workspace.store.ts";

/** All modules of store functions. */
export const storeModules: readonly object[] = [
	accountEvents,
	activityList,
	activityRecord,
	activitySweep,
	authenticate,
	backends,
	backendUses,
	backendWrites,
	checklistChecks,
	checklistFindings,
	checklistQuestions,
	checkWorkspace,
	credentials,
	clock,
	creationRequests,
	deleteAccount,
	deleteWorkspace,
	endPairings,
	examine,
	facts,
	findKeys,
	firstAccount,
	firstLoadStart,
	firstSteps,
	invitations,
	invitationWrites,
	keptServers,
	keyDetails,
	keyIndex,
	keyList,
	keyUsage,
	keyUses,
	keyWrites,
	knownNetworks,
	lineage,
	liveChanges,
	livePoll,
	liveUses,
	liveViewers,
	memberActions,
	memberRetirement,
	members,
	membership,
	openCode,
	pairingApproval,
	pairingDelivery,
	pairingMakeRoom,
	pairingSeal,
	pairingStart,
	pairingSweep,
	pairingTransition,
	pairingWithdraw,
	passwordResetReset,
	passwords,
	pendingSignUps,
	people,
	peopleSignUp,
	alertQuota,
	quotas,
	profile,
	processes,
	connectionAlert,
	poller,
	previousKey,
	replacedKey,
	resetAccount,
	retirement,
	retirements,
	review,
	revokeByMaker,
	revokedMaker,
	serverPlaces,
	servers,
	serverUses,
	sessions,
	sessionsProof,
	sessionSweep,
	setup,
	signUp,
	silence,
	silenceGaps,
	statement,
	studioUsage,
	successors,
	sweepWorkspaces,
	usageBatch,
	usageLog,
	usageSweep,
	usageUsage,
	vagueLabels,
	viewedPairing,
	withdrawalLag,
	workspace,
];

/** Each storage thread loads this module. */
export const stores = listStores(import.meta.url, storeModules);
