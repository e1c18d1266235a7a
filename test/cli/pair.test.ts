import { describe, expect, it } from 'vitest';
import { ftplens } from './run.ts';

const CLIENT = 'fixtures/seed/curl-verbose.txt';
const SERVER = 'fixtures/seed/filezilla-server.log';

describe('ftplens pair', () => {
  it('shows both records side by side, with what differs marked', async () => {
    const { stdout, code } = await ftplens(['pair', CLIENT, SERVER]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/48 > EPSV\s+│\s+21 > EPSV/);
    expect(stdout).toMatch(/57 > RETR file\.txt\s+≠\s+27 > RETR/);
    expect(stdout).toMatch(/│\s+30 < 426 Connection closed/);
  });

  it('takes the two in either order, and shows the pair that a folder holds', async () => {
    expect((await ftplens(['pair', SERVER, CLIENT])).stdout).toMatch(/48 > EPSV\s+│\s+21 > EPSV/);
    expect((await ftplens(['show', 'fixtures/seed', '--pair', 'p1'])).stdout).toMatch(/48 > EPSV\s+│\s+21 > EPSV/);
  });

  it('says so when the two have nothing to do with each other', async () => {
    const { stderr, code } = await ftplens(['pair', CLIENT, 'fixtures/filezilla-server-0.9/gen-05-0.9.60-zh-CN.log']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/no two sessions|no pair is sure enough/);
  });
});
