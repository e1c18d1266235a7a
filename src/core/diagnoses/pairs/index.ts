import pairAddressFamilyTranslated from './pair-address-family-translated.ts';
import pairByteCountDisagree from './pair-byte-count-disagree.ts';
import pairClientAddressTranslated from './pair-client-address-translated.ts';
import pairClockSkew from './pair-clock-skew.ts';
import pairCommandsDiffer from './pair-commands-differ.ts';
import pairDataAcceptedClientUnaware from './pair-data-accepted-client-unaware.ts';
import pairDataSynLost from './pair-data-syn-lost.ts';
import type { PairDiagnosis } from './pair-diagnosis.ts';
import pairFinalReplyLost from './pair-final-reply-lost.ts';
import pairFirstClose from './pair-first-close.ts';
import pairNatRewrote227 from './pair-nat-rewrote-227.ts';
import pairReplyAltered from './pair-reply-altered.ts';

/** Every diagnosis that needs both records of a session. */
export const pairDiagnoses: readonly PairDiagnosis[] = [
  pairNatRewrote227,
  pairAddressFamilyTranslated,
  pairClientAddressTranslated,
  pairDataSynLost,
  pairDataAcceptedClientUnaware,
  pairFinalReplyLost,
  pairFirstClose,
  pairByteCountDisagree,
  pairCommandsDiffer,
  pairReplyAltered,
  pairClockSkew,
];
