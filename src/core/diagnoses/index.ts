import activeConnectFailed from './address-family/active-connect-failed.ts';
import activeModeRefused from './address-family/active-mode-refused.ts';
import controlV4Mapped from './address-family/control-v4-mapped.ts';
import dataHostDiffersAfter229 from './address-family/data-host-differs-after-229.ts';
import dualStackOutcomeDiffers from './address-family/dual-stack-outcome-differs.ts';
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
import charsetMismatch from './health/charset-mismatch.ts';
import chattySession from './health/chatty-session.ts';
import clientReportedError from './health/client-reported-error.ts';
import controlConnectionBroken from './health/control-connection-broken.ts';
import listingNotUnderstood from './health/listing-not-understood.ts';
import listingTimezoneOffset from './health/listing-timezone-offset.ts';
import logClockOddity from './health/log-clock-oddity.ts';
import logLevelInsufficient from './health/log-level-insufficient.ts';
import logTruncated from './health/log-truncated.ts';
import mlsdUnavailable from './health/mlsd-unavailable.ts';
import multilineReplyMalformed from './health/multiline-reply-malformed.ts';
import noWelcome from './health/no-welcome.ts';
import noopDuringTransfer from './health/noop-during-transfer.ts';
import outdatedServerBanner from './health/outdated-server-banner.ts';
import perFileOverheadDominates from './health/per-file-overhead-dominates.ts';
import replyDesync from './health/reply-desync.ts';
import slowCommand from './health/slow-command.ts';
import slowLogin from './health/slow-login.ts';
import slowWelcome from './health/slow-welcome.ts';
import throughputOutlier from './health/throughput-outlier.ts';
import wastefulReconnects from './health/wasteful-reconnects.ts';
import anonymousAccepted from './login/anonymous-accepted.ts';
import anonymousRefused from './login/anonymous-refused.ts';
import bounceAttempt from './login/bounce-attempt.ts';
import bruteForceSuspected from './login/brute-force-suspected.ts';
import clientBanned from './login/client-banned.ts';
import commandBeforeLogin from './login/command-before-login.ts';
import connectWithoutLogin from './login/connect-without-login.ts';
import exploitProbe from './login/exploit-probe.ts';
import foreignProtocolOnControl from './login/foreign-protocol-on-control.ts';
import fxpTransfer from './login/fxp-transfer.ts';
import loginAccountRestricted from './login/login-account-restricted.ts';
import loginHomeInaccessible from './login/login-home-inaccessible.ts';
import loginTimeout421 from './login/login-timeout-421.ts';
import loginWrongCredentials from './login/login-wrong-credentials.ts';
import passwordSpraying from './login/password-spraying.ts';
import secretInTranscript from './login/secret-in-transcript.ts';
import serverUnavailable from './login/server-unavailable.ts';
import sshOnFtpPort from './login/ssh-on-ftp-port.ts';
import staleAutomationLogin from './login/stale-automation-login.ts';
import tooManyConnections from './login/too-many-connections.ts';
import userWithoutPassword from './login/user-without-password.ts';
import type { ObserverDiagnosis } from './observer.ts';

export { pairDiagnoses } from './pairs/index.ts';

import algBreaksWhenEncrypted from './passive/alg-breaks-when-encrypted.ts';
import algInterferesWithControl from './passive/alg-interferes-with-control.ts';
import controlConnectFailed from './passive/control-connect-failed.ts';
import dataConnectRefused from './passive/data-connect-refused.ts';
import dataConnectTimeout from './passive/data-connect-timeout.ts';
import dataConnectUnreachable from './passive/data-connect-unreachable.ts';
import dataConnectionNeverArrived from './passive/data-connection-never-arrived.ts';
import dataPeerIpMismatch from './passive/data-peer-ip-mismatch.ts';
import dataSetupMissing from './passive/data-setup-missing.ts';
import externalAddressLookupFailed from './passive/external-address-lookup-failed.ts';
import natHairpin from './passive/nat-hairpin.ts';
import passiveModeRefused from './passive/passive-mode-refused.ts';
import passivePortOutsideRange from './passive/passive-port-outside-range.ts';
import passivePortPoolExhausted from './passive/passive-port-pool-exhausted.ts';
import passiveRangeTooSmall from './passive/passive-range-too-small.ts';
import pasvAddressDiffersFromPeer from './passive/pasv-address-differs-from-peer.ts';
import pasvAddressOverriddenByClient from './passive/pasv-address-overridden-by-client.ts';
import pasvPrivateAddress from './passive/pasv-private-address.ts';
import pasvWrongPublicAddress from './passive/pasv-wrong-public-address.ts';
import authRefused from './tls/auth-refused.ts';
import cccUsed from './tls/ccc-used.ts';
import cleartextLogin from './tls/cleartext-login.ts';
import clientRefusesUnresumedTls from './tls/client-refuses-unresumed-tls.ts';
import dataConnectionInClear from './tls/data-connection-in-clear.ts';
import featUnsupported from './tls/feat-unsupported.ts';
import hostCommandRefused from './tls/host-command-refused.ts';
import implicitTlsMixup from './tls/implicit-tls-mixup.ts';
import plaintextBeforeTls from './tls/plaintext-before-tls.ts';
import protPRequired from './tls/prot-p-required.ts';
import serverCrashOops from './tls/server-crash-oops.ts';
import tlsCertificateExpired from './tls/tls-certificate-expired.ts';
import tlsCertificateNameMismatch from './tls/tls-certificate-name-mismatch.ts';
import tlsCertificateUntrusted from './tls/tls-certificate-untrusted.ts';
import tlsControlHandshakeFailed from './tls/tls-control-handshake-failed.ts';
import tlsDataCloseNotifyMissing from './tls/tls-data-close-notify-missing.ts';
import tlsDataHandshakeFailed from './tls/tls-data-handshake-failed.ts';
import tlsFallbackToCleartext from './tls/tls-fallback-to-cleartext.ts';
import tlsRequiredByServer from './tls/tls-required-by-server.ts';
import tlsSessionNotResumed from './tls/tls-session-not-resumed.ts';
import tlsShutdownDeadlock from './tls/tls-shutdown-deadlock.ts';
import tlsVersionOrCipherMismatch from './tls/tls-version-or-cipher-mismatch.ts';
import abor226After426 from './transfers/abor-226-after-426.ts';
import aborWithout426 from './transfers/abor-without-426.ts';
import asciiModeBinaryFile from './transfers/ascii-mode-binary-file.ts';
import asciiSizeMismatch from './transfers/ascii-size-mismatch.ts';
import clientInactivityTimeout from './transfers/client-inactivity-timeout.ts';
import clientWriteFailed from './transfers/client-write-failed.ts';
import controlConnectionIdleDrop from './transfers/control-connection-idle-drop.ts';
import curlRangeEarlyStop from './transfers/curl-range-early-stop.ts';
import fileGrewDuringTransfer from './transfers/file-grew-during-transfer.ts';
import fileLockedOrDenied from './transfers/file-locked-or-denied.ts';
import fileNotFound from './transfers/file-not-found.ts';
import finalReplyMissing from './transfers/final-reply-missing.ts';
import idleTimeout421 from './transfers/idle-timeout-421.ts';
import iisMinimumBandwidth from './transfers/iis-minimum-bandwidth.ts';
import listOptionAsPath from './transfers/list-option-as-path.ts';
import listingEmptySuspicious from './transfers/listing-empty-suspicious.ts';
import listingFailed from './transfers/listing-failed.ts';
import noTransferTimeout421 from './transfers/no-transfer-timeout-421.ts';
import pretRequired from './transfers/pret-required.ts';
import restNotFollowedByTransfer from './transfers/rest-not-followed-by-transfer.ts';
import resumeAppendedTwice from './transfers/resume-appended-twice.ts';
import resumeInAscii from './transfers/resume-in-ascii.ts';
import resumeNothingLeft from './transfers/resume-nothing-left.ts';
import resumeOffsetInvalid from './transfers/resume-offset-invalid.ts';
import resumeRefused from './transfers/resume-refused.ts';
import sizeMismatchShort from './transfers/size-mismatch-short.ts';
import sizeRefusedInAscii from './transfers/size-refused-in-ascii.ts';
import storageDiskFull from './transfers/storage-disk-full.ts';
import storageQuotaExceeded from './transfers/storage-quota-exceeded.ts';
import transfer426ClientAbort from './transfers/transfer-426-client-abort.ts';
import transfer426ClientClosedData from './transfers/transfer-426-client-closed-data.ts';
import transfer426NetworkReset from './transfers/transfer-426-network-reset.ts';
import transfer426StallTimeout from './transfers/transfer-426-stall-timeout.ts';
import transfer426Undetermined from './transfers/transfer-426-undetermined.ts';
import transfer451LocalError from './transfers/transfer-451-local-error.ts';
import uploadTruncatedBut226 from './transfers/upload-truncated-but-226.ts';
import zeroByteTransfer from './transfers/zero-byte-transfer.ts';

/** Every diagnosis of one session, by group. */
export const diagnoses: readonly Diagnosis[] = [
  activeConnectFailed,
  activeModeRefused,
  controlV4Mapped,
  dataHostDiffersAfter229,
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
  passiveModeRefused,
  passivePortOutsideRange,
  passivePortPoolExhausted,
  pasvAddressDiffersFromPeer,
  pasvAddressOverriddenByClient,
  pasvPrivateAddress,
  pasvWrongPublicAddress,
  abor226After426,
  aborWithout426,
  asciiModeBinaryFile,
  asciiSizeMismatch,
  clientInactivityTimeout,
  clientWriteFailed,
  controlConnectionIdleDrop,
  curlRangeEarlyStop,
  fileGrewDuringTransfer,
  fileLockedOrDenied,
  fileNotFound,
  finalReplyMissing,
  idleTimeout421,
  iisMinimumBandwidth,
  listOptionAsPath,
  listingEmptySuspicious,
  listingFailed,
  noTransferTimeout421,
  pretRequired,
  restNotFollowedByTransfer,
  resumeAppendedTwice,
  resumeInAscii,
  resumeNothingLeft,
  resumeOffsetInvalid,
  resumeRefused,
  sizeMismatchShort,
  sizeRefusedInAscii,
  storageDiskFull,
  storageQuotaExceeded,
  transfer426ClientAbort,
  transfer426ClientClosedData,
  transfer426NetworkReset,
  transfer426StallTimeout,
  transfer426Undetermined,
  transfer451LocalError,
  uploadTruncatedBut226,
  zeroByteTransfer,
  authRefused,
  cccUsed,
  cleartextLogin,
  clientRefusesUnresumedTls,
  dataConnectionInClear,
  featUnsupported,
  hostCommandRefused,
  implicitTlsMixup,
  plaintextBeforeTls,
  protPRequired,
  serverCrashOops,
  tlsCertificateExpired,
  tlsCertificateNameMismatch,
  tlsCertificateUntrusted,
  tlsControlHandshakeFailed,
  tlsDataCloseNotifyMissing,
  tlsDataHandshakeFailed,
  tlsFallbackToCleartext,
  tlsRequiredByServer,
  tlsSessionNotResumed,
  tlsShutdownDeadlock,
  tlsVersionOrCipherMismatch,
  anonymousAccepted,
  anonymousRefused,
  bounceAttempt,
  clientBanned,
  commandBeforeLogin,
  connectWithoutLogin,
  exploitProbe,
  foreignProtocolOnControl,
  fxpTransfer,
  loginAccountRestricted,
  loginHomeInaccessible,
  loginTimeout421,
  loginWrongCredentials,
  secretInTranscript,
  serverUnavailable,
  sshOnFtpPort,
  tooManyConnections,
  userWithoutPassword,
  charsetMismatch,
  chattySession,
  clientReportedError,
  controlConnectionBroken,
  listingNotUnderstood,
  listingTimezoneOffset,
  logClockOddity,
  logLevelInsufficient,
  logTruncated,
  mlsdUnavailable,
  multilineReplyMalformed,
  noWelcome,
  noopDuringTransfer,
  outdatedServerBanner,
  perFileOverheadDominates,
  replyDesync,
  slowCommand,
  slowLogin,
  slowWelcome,
];

/** Every diagnosis over many sessions. */
export const observers: readonly ObserverDiagnosis[] = [
  dualStackOutcomeDiffers,
  algBreaksWhenEncrypted,
  algInterferesWithControl,
  passiveRangeTooSmall,
  bruteForceSuspected,
  passwordSpraying,
  staleAutomationLogin,
  throughputOutlier,
  wastefulReconnects,
];
