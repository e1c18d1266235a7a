import activeConnectFailed from './address-family/active-connect-failed.ts';
import controlV4Mapped from './address-family/control-v4-mapped.ts';
import eprtFamilyMismatch from './address-family/eprt-family-mismatch.ts';
import eprtRefusedFallbackPort from './address-family/eprt-refused-fallback-port.ts';
import epsv522UnsupportedProtocol from './address-family/epsv-522-unsupported-protocol.ts';
import epsv522WithoutList from './address-family/epsv-522-without-list.ts';
import epsvAllNotHonoured from './address-family/epsv-all-not-honoured.ts';
import epsvAllViolation from './address-family/epsv-all-violation.ts';
import epsvArgumentFamilyMismatch from './address-family/epsv-argument-family-mismatch.ts';
import epsvArgumentIgnored from './address-family/epsv-argument-ignored.ts';
import epsvArgumentInvalid from './address-family/epsv-argument-invalid.ts';
import epsvBlockedPasvWorks from './address-family/epsv-blocked-pasv-works.ts';
import epsvDefaultFamily from './address-family/epsv-default-family.ts';
import epsvRefusedFallbackPasv from './address-family/epsv-refused-fallback-pasv.ts';
import epsvRefusedOnIpv6 from './address-family/epsv-refused-on-ipv6.ts';
import epsvReplyMalformed from './address-family/epsv-reply-malformed.ts';
import happyEyeballsFallback from './address-family/happy-eyeballs-fallback.ts';
import pasvOnIpv6Control from './address-family/pasv-on-ipv6-control.ts';
import pasvOnlyOnIpv4 from './address-family/pasv-only-on-ipv4.ts';
import pasvZeroAddress from './address-family/pasv-zero-address.ts';
import portMalformed from './address-family/port-malformed.ts';
import portOnIpv6Control from './address-family/port-on-ipv6-control.ts';
import portPrivateAddress from './address-family/port-private-address.ts';
import serverIpv4Only from './address-family/server-ipv4-only.ts';
import type { Diagnosis } from './diagnosis.ts';
import logTruncated from './health/log-truncated.ts';
import outdatedServerBanner from './health/outdated-server-banner.ts';
import loginWrongCredentials from './login/login-wrong-credentials.ts';
import controlConnectFailed from './passive/control-connect-failed.ts';
import dataConnectRefused from './passive/data-connect-refused.ts';
import dataConnectTimeout from './passive/data-connect-timeout.ts';
import dataConnectUnreachable from './passive/data-connect-unreachable.ts';
import dataConnectionNeverArrived from './passive/data-connection-never-arrived.ts';
import dataPeerIpMismatch from './passive/data-peer-ip-mismatch.ts';
import dataSetupMissing from './passive/data-setup-missing.ts';
import externalAddressLookupFailed from './passive/external-address-lookup-failed.ts';
import natHairpin from './passive/nat-hairpin.ts';
import passivePortOutsideRange from './passive/passive-port-outside-range.ts';
import passivePortPoolExhausted from './passive/passive-port-pool-exhausted.ts';
import pasvAddressDiffersFromPeer from './passive/pasv-address-differs-from-peer.ts';
import pasvAddressOverriddenByClient from './passive/pasv-address-overridden-by-client.ts';
import pasvPrivateAddress from './passive/pasv-private-address.ts';
import pasvWrongPublicAddress from './passive/pasv-wrong-public-address.ts';
import cleartextLogin from './tls/cleartext-login.ts';
import tlsSessionNotResumed from './tls/tls-session-not-resumed.ts';
import transfer426ClientAbort from './transfers/transfer-426-client-abort.ts';
import transfer426ClientClosedData from './transfers/transfer-426-client-closed-data.ts';
import transfer426NetworkReset from './transfers/transfer-426-network-reset.ts';
import transfer426StallTimeout from './transfers/transfer-426-stall-timeout.ts';
import transfer426Undetermined from './transfers/transfer-426-undetermined.ts';

/** Every diagnosis of one session, by group. */
export const diagnoses: readonly Diagnosis[] = [
  activeConnectFailed,
  controlV4Mapped,
  eprtFamilyMismatch,
  eprtRefusedFallbackPort,
  epsv522UnsupportedProtocol,
  epsv522WithoutList,
  epsvAllNotHonoured,
  epsvAllViolation,
  epsvArgumentFamilyMismatch,
  epsvArgumentIgnored,
  epsvArgumentInvalid,
  epsvBlockedPasvWorks,
  epsvDefaultFamily,
  epsvRefusedFallbackPasv,
  epsvRefusedOnIpv6,
  epsvReplyMalformed,
  happyEyeballsFallback,
  pasvOnIpv6Control,
  pasvOnlyOnIpv4,
  pasvZeroAddress,
  portMalformed,
  portOnIpv6Control,
  portPrivateAddress,
  serverIpv4Only,
  controlConnectFailed,
  dataConnectRefused,
  dataConnectTimeout,
  dataConnectUnreachable,
  dataConnectionNeverArrived,
  dataPeerIpMismatch,
  dataSetupMissing,
  externalAddressLookupFailed,
  natHairpin,
  passivePortOutsideRange,
  passivePortPoolExhausted,
  pasvAddressDiffersFromPeer,
  pasvAddressOverriddenByClient,
  pasvPrivateAddress,
  pasvWrongPublicAddress,
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
