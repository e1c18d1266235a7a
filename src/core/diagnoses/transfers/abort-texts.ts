/** What replies say of a data connection that broke. */

import { perText } from '../../bytes/per-text.ts';

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

/** pyftpdlib answers an error of its own disk or program by 426; its wrapped errors have no number, which it prints as `None`. */
const LOCAL =
  /^(?:None|Internal error|No space left on device|Disk quota exceeded|File too large|Input\/output error); transfer aborted/i;

/** Whether a 426 names an error of the server itself. */
export const isLocalErrorText = perText((text) => LOCAL.test(text));
