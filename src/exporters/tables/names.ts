/** Names of the tables, as commands and `-o TABLE=PATH` take them. Apart from the tables, so that a command line's help loads none. */
export const TABLE_NAMES = [
  'sessions',
  'transfers',
  'connections',
  'findings',
  'errors',
  'pairs',
  'days',
  'peers',
  'users',
  'servers',
  'verbs',
  'files',
  'totals',
] as const;
export type TableName = (typeof TABLE_NAMES)[number];
