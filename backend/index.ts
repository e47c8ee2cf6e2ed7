/**
 * `auxvyn/backend`: for any server. `auxvyn/backend/fastify` and `auxvyn/backend/express` add the types of `request.apiKey`.
 */
export type { ApiKey } from "./api-key.ts";
export { type Authenticator, createAuthenticator, type Verdict } from "./authenticator.ts";
export { IntrospectionError, type IntrospectionErrorCode } from "./introspection-error.ts";
export type { BackendOptions } from "./options.ts";
export type { Refusal, RefusalCode } from "./refusal.ts";
export type { RequestHeaders } from "./request-headers.ts";
export { type RequireApiKey, requireApiKey } from "./require-api-key.ts";
