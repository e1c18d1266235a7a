import client from '../../../fixtures/seed/curl-verbose.txt';
import server from '../../../fixtures/seed/filezilla-server.log';
import { sourceOf } from './kept-texts.ts';
import type { Source } from './messages.ts';

/** One download, as curl and as the FileZilla Server on the other side recorded it. */
export function exampleSources(): readonly Source[] {
  return [sourceOf('curl-verbose.txt', client), sourceOf('filezilla-server.log', server)];
}
