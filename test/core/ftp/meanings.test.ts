import { describe, expect, it } from 'vitest';
import { meaningOfReply, REPLY_MEANINGS } from '../../../src/core/ftp/reply-meanings.ts';
import { REPLY_TEXTS, textsLike } from '../../../src/core/ftp/reply-texts.ts';
import { meaningOfVerb, VERB_MEANINGS } from '../../../src/core/ftp/verb-meanings.ts';
import { KNOWN_VERBS } from '../../../src/core/ftp/verbs.ts';

const CODES = {
  'RFC 959':
    '110 120 125 150 200 202 211 212 213 214 215 220 221 225 226 227 230 250 257 331 332 350 421 425 426 450 451 452 ' +
    '500 501 502 503 504 530 532 550 551 552 553',
  'RFC 2228': '232 234 235 334 335 336 431 533 534 535 536 537 631 632 633',
  'RFC 2389': '211 200 451 501',
  'RFC 2428': '229 522',
  'RFC 3659': '213 250 350 550',
  'RFC 4217': '234 521 522 533',
  'RFC 7151': '220 500 504 530',
};

describe('meanings of reply codes', () => {
  it.each(Object.entries(CODES))('has every code of %s, with that RFC and a section', (rfc, codes) => {
    for (const code of codes.split(' ').map(Number)) {
      const meaning = meaningOfReply(code);
      expect(meaning?.references.join(), `${code}`).toMatch(new RegExp(`${rfc} sections? \\d`));
    }
  });

  it('names each code once, and says what to do about every failure', () => {
    expect(new Set(REPLY_MEANINGS.map(({ code }) => code)).size).toBe(REPLY_MEANINGS.length);
    for (const { code, advice } of REPLY_MEANINGS)
      if (code >= 400 && code < 600) expect(advice, `${code}`).not.toBeNull();
  });

  it('reads a code that no RFC defines by its digits, and refuses what is none', () => {
    expect(meaningOfReply(439)?.meaning).toContain('a failure for now, about login');
    expect(meaningOfReply(299)?.meaning).toMatch(/: success\.$/);
    for (const code of [0, 99, 700, -1, Number.NaN, 1e9]) expect(meaningOfReply(code)).toBeNull();
  });
});

describe('texts of replies', () => {
  it('finds each text by itself, and with values in the place of what varies', () => {
    for (const known of REPLY_TEXTS) {
      const sent = known.text.replace(/<[^<>]*>/g, '7');
      expect(textsLike(known.code, sent), known.text).toContain(known);
    }
  });

  it('tells products apart by a full stop, and else does without it', () => {
    const sentBy = (code: number, text: string) =>
      textsLike(code, text).map(({ product, context }) => `${product} ${context}`);
    expect(sentBy(426, 'Transfer aborted. Data connection closed')).toEqual(['ProFTPD transfer']);
    expect(sentBy(426, 'Transfer aborted. Data connection closed.')).toEqual(['ProFTPD ABOR']);
    expect(sentBy(425, 'failed to establish connection')).toEqual(['vsftpd transfer']);
    expect(sentBy(226, 'Failed to establish connection.')).toEqual([]);
  });

  it('belongs to codes that have a meaning of their own', () => {
    const codes = new Set(REPLY_MEANINGS.map(({ code }) => code));
    for (const { code } of REPLY_TEXTS) expect(codes).toContain(code);
  });
});

describe('meanings of verbs', () => {
  it('has every verb that a line may begin with, and those of the registry of RFC 5797', () => {
    const registry =
      'ABOR ACCT ADAT ALLO APPE AUTH CCC CDUP CONF CWD DELE ENC EPRT EPSV FEAT HELP LANG LIST LPRT LPSV MDTM MIC MKD MLSD ' +
      'MLST MODE NLST NOOP OPTS PASS PASV PBSZ PORT PROT PWD QUIT REIN REST RETR RMD RNFR RNTO SITE SIZE SMNT STAT STOR ' +
      'STOU STRU SYST TYPE USER XCUP XCWD XMKD XPWD XRMD';
    for (const verb of registry.split(' ')) expect(meaningOfVerb(verb)?.references.join(), verb).toMatch(/^RFC \d/);
    for (const verb of KNOWN_VERBS) expect(meaningOfVerb(verb), verb).not.toBeNull();
  });

  it('expects replies that have a meaning, successes apart from failures', () => {
    for (const { verb, replies } of VERB_MEANINGS) {
      // Of the drafts' own codes, MD5 and MMD5 have 251 and 252.
      for (const code of replies.failure) expect(code, verb).toBeGreaterThanOrEqual(400);
      for (const code of replies.success) expect(code === 426 || code < 400 || code > 600, verb).toBe(true);
      for (const code of [...replies.success, ...replies.failure]) expect(meaningOfReply(code), verb).not.toBeNull();
    }
  });

  it('is looked up in any case', () => {
    expect(meaningOfVerb('epsv')?.verb).toBe('EPSV');
    expect(meaningOfVerb('constructor')).toBeNull();
  });
});
