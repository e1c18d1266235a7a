import { describe, expect, it } from 'vitest';
import { nameInputs } from '../../src/node/input-names.ts';

const namesOf = (...paths: string[]) => nameInputs(paths.map((path) => ({ path, named: true, error: null })));

describe('the names of inputs', () => {
  it('are those of the files, without extension', () => {
    expect(namesOf('logs/server.log', 'curl.txt.gz', 'messages', '-')).toEqual(['server', 'curl', 'messages', 'stdin']);
  });

  it('take the folders that tell like names apart', () => {
    expect(namesOf('logs/a/server.log', 'logs/b/server.log')).toEqual(['a-server', 'b-server']);
    expect(namesOf('x/a/server.log', 'y/a/server.log')).toEqual(['x-a-server', 'y-a-server']);
  });

  it('take the extension or a number where folders do not help', () => {
    expect(namesOf('server.log', 'server.txt')).toEqual(['server.log', 'server.txt']);
    expect(new Set(namesOf('server.log', './server.log', '../server.log')).size).toBe(3);
  });

  it('are found for many files at once', () => {
    const names = namesOf(
      ...Array.from({ length: 20_000 }, (_, i) => `logs/day-${i % 10_000}/${i < 10_000 ? 'a' : 'b'}/server.log`),
    );
    expect(new Set(names).size).toBe(20_000);
  });
});
