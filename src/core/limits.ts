/** Every bound in one place. */
export const limits = {
  /** Bytes of an input that are held whole when its lines need repair. */
  pasteBytes: 16 * 1024 * 1024,
  /** Lines of such an input that are looked at, runs of blank ones counted as one. */
  pasteLines: 500_000,
  /** Bytes of the head by which the format is found. */
  headBytes: 64 * 1024,
  /** Bytes of a pipe that are read before the order of day and month is settled. */
  dateSampleBytes: 4 * 1024 * 1024,
  /** Share of the head's lines that a format must read to be streamed. */
  streamShare: 0.9,
  /** Bytes of one line; the rest of a longer one is dropped, with a count. */
  lineBytes: 1024 * 1024,
  /** Files that a zip archive may list. */
  archiveMembers: 100_000,
  /** Sessions open at the same time; beyond it the longest idle ones are closed as unfinished. */
  openSessions: 100_000,
  /** Events kept of one session; beyond it only counters go on. */
  sessionEvents: 200_000,
  /** Bytes of text kept of one session. */
  sessionBytes: 16 * 1024 * 1024,
  /** Commands that may wait for a reply at the same time. */
  pendingCommands: 1_000,
  /** Bytes of one reply that are kept. */
  replyBytes: 64 * 1024,
  /** Bytes of one argument, remark or reply line that are kept. */
  textBytes: 8 * 1024,
  /** Above this number of sessions an input's `perInput` diagnoses become one finding. */
  groupedAbove: 20,
  /** Findings kept for the report; beyond it they are only counted in groups. */
  findings: 100_000,
  /** Sessions of a JSON report that carry their exchanges; beyond it only those with a finding of at least `warning` do. */
  sessionsWithExchanges: 10_000,
  /** Users, peers and keys listed in a group. */
  groupList: 20,
  /** Rows of one of the summary's tables; the rest is counted together. */
  summaryRows: 10_000,
  /** Error replies by code and verb that are listed. */
  topErrors: 100,
  /** Kinds of routine sessions that are remembered. */
  routineKinds: 20_000,
  /** Transfers that failed and are remembered, to recognise the next try. */
  retriesRemembered: 10_000,
  /** Evidence lines of one finding. */
  evidence: 12,
  /** Sessions of each side that are remembered by their fingerprints, to find the other side's record. */
  pairFingerprints: 10_000,
  /** Exchanges of a session that a fingerprint holds. */
  pairSteps: 400,
  /** Bytes of sessions kept whole for pairing. */
  pairBytes: 64 * 1024 * 1024,
  /** Sessions of the other side that one session is compared with; those that share the rarest keys come first. */
  pairComparisons: 500,
  /** Best matches remembered of one session. */
  pairMatches: 8,
} as const;
