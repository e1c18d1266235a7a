/** What replies say of a data connection that broke. */

import { perText } from '../per-text.ts';

/** A timer of the server ran out while a transfer was under way. */
const STALL =
  /timed out, aborting transfer|^Connection timed out|Data (?:connection )?time|Activity timeout|no new data for|stall(?:ed| timeout)|minimum bandwidth/i;

/** The data connection itself failed, as opposed to the file or the disk. `transfering` is FileZilla Server's spelling. */
const DATA_CONNECTION =
  /transferr?ing data|transfer aborted[.\s]*$|data connection|data channel|network stream|data socket|connection (?:closed|reset|aborted)|broken pipe|aborted transfer|E(?:CONN|PIPE|TIMEDOUT)/i;

/** Whether the reply says that nothing moved until the server gave up. */
export const isStallText = perText((text) => STALL.test(text));

/** Whether the reply speaks of the data connection. */
export const namesDataConnection = perText((text) => DATA_CONNECTION.test(text));
