import epsvBlockedPasvWorks from './address-family/epsv-blocked-pasv-works.ts';
import epsvDefaultFamily from './address-family/epsv-default-family.ts';
import epsvRefusedFallbackPasv from './address-family/epsv-refused-fallback-pasv.ts';
import type { Diagnosis } from './diagnosis.ts';
import logTruncated from './health/log-truncated.ts';
import outdatedServerBanner from './health/outdated-server-banner.ts';
import loginWrongCredentials from './login/login-wrong-credentials.ts';
import dataConnectTimeout from './passive/data-connect-timeout.ts';
import pasvPrivateAddress from './passive/pasv-private-address.ts';
import cleartextLogin from './tls/cleartext-login.ts';
import tlsSessionNotResumed from './tls/tls-session-not-resumed.ts';
import transfer426ClientAbort from './transfers/transfer-426-client-abort.ts';
import transfer426ClientClosedData from './transfers/transfer-426-client-closed-data.ts';
import transfer426NetworkReset from './transfers/transfer-426-network-reset.ts';
import transfer426StallTimeout from './transfers/transfer-426-stall-timeout.ts';
import transfer426Undetermined from './transfers/transfer-426-undetermined.ts';

/** Every diagnosis of one session, by group. */
export const diagnoses: readonly Diagnosis[] = [
  epsvBlockedPasvWorks,
  epsvDefaultFamily,
  epsvRefusedFallbackPasv,
  dataConnectTimeout,
  pasvPrivateAddress,
  transfer426ClientAbort,
  transfer426ClientClosedData,
  transfer426NetworkReset,
  transfer426StallTimeout,
  transfer426Undetermined,
  cleartextLogin,
  tlsSessionNotResumed,
  loginWrongCredentials,
  logTruncated,
  outdatedServerBanner,
];
