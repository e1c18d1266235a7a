import { useEffect, useState } from 'preact/hooks';

/** Where the reader is, as the address says it: `#session=s0-1&line=30`. */
export interface Place {
  readonly view: 'overview' | 'sessions' | 'session' | 'pairs' | 'pair' | 'new';
  /** Of the session or pair. */
  readonly id: string;
  /** What else the address says, by name. */
  readonly details: ReadonlyMap<string, string>;
}

const VIEWS: readonly Place['view'][] = ['overview', 'sessions', 'session', 'pairs', 'pair', 'new'];

/** Reads an address's hash; what is none of ours leads to the overview. */
export function parseHash(hash: string): Place {
  const entries = [...new URLSearchParams(hash.replace(/^#/, ''))];
  const [first = '', id = ''] = entries[0] ?? [];
  const view = VIEWS.find((name) => name === first);
  if (view === undefined) return { view: 'overview', id: '', details: new Map(entries) };
  return { view, id, details: new Map(entries.slice(1)) };
}

/** The hash that leads to a place. */
export function hashOf(
  view: Place['view'],
  id = '',
  details: Iterable<readonly [string, string | number]> = [],
): string {
  const rest = [...details].filter(([, value]) => value !== '').map(([name, value]) => `&${name}=${encode(value)}`);
  return `#${view}${id === '' ? '' : `=${encode(id)}`}${rest.join('')}`;
}

/** The hash that leads to a session, and to one of its lines. */
export function sessionHash(id: string, line?: number): string {
  return hashOf('session', id, line === undefined ? [] : [['line', line]]);
}

/** The hash that leads to a diagnosis on the overview. */
export function findingHash(id: string): string {
  return hashOf('overview', '', [['finding', id]]);
}

function encode(value: string | number): string {
  return encodeURIComponent(value).replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%20', '+');
}

/** The place that the address says, now and whenever it changes. */
export function usePlace(): Place {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return parseHash(hash);
}

/** Changes the address without a step in the history: for filters, which change with every key. */
export function replaceHash(hash: string): void {
  history.replaceState(history.state, '', hash);
  dispatchEvent(new HashChangeEvent('hashchange'));
}
