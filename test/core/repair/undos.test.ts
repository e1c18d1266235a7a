import { describe, expect, it } from 'vitest';
import { bbcode } from '../../../src/core/repair/bbcode.ts';
import { isElision } from '../../../src/core/repair/elisions.ts';
import { enclosures } from '../../../src/core/repair/enclosures.ts';
import { html } from '../../../src/core/repair/html.ts';
import { indent } from '../../../src/core/repair/indent.ts';
import { joinedLines } from '../../../src/core/repair/joined-lines.ts';
import { jsonEscapes } from '../../../src/core/repair/json-escapes.ts';
import { markdown } from '../../../src/core/repair/markdown.ts';
import { nulBytes } from '../../../src/core/repair/nul-bytes.ts';
import { powershell } from '../../../src/core/repair/powershell.ts';
import { quotePrefix } from '../../../src/core/repair/quote-prefix.ts';
import { quotedPrintable } from '../../../src/core/repair/quoted-printable.ts';
import { smartQuotes } from '../../../src/core/repair/smart-quotes.ts';
import { terminalCodes } from '../../../src/core/repair/terminal-codes.ts';
import { trailingBlanks } from '../../../src/core/repair/trailing-blanks.ts';
import { wrappedAtColumn, wrappedAtWord } from '../../../src/core/repair/wrapped-lines.ts';
import { undoText } from './texts.ts';

describe('html', () => {
  it('decodes entities, breaks lines at tags that do, and drops the others', () => {
    expect(undoText(html, '&lt; 220 it&#39;s&nbsp;up<br/>&gt; <b>USER</b> m&uuml;ller<br>\n* Trying&hellip;')).toEqual([
      "1:< 220 it's up",
      '1:> USER müller',
      '2:* Trying...',
    ]);
  });

  it('takes placeholders in angle brackets for no tags', () => {
    expect(undoText(html, 'Connecting to <server_ip>:21\n<--- 220 a & b\n<12/3/2025 11:23:10 AM> Info')).toBeNull();
  });
});

describe('bbcode', () => {
  it('drops the tags that are closed somewhere, and lines of nothing else', () => {
    expect(undoText(bbcode, '[CODE]\n[size=1]Status: [b]Connecting[/b][/size]\n[/code]')).toEqual([
      '2:Status: Connecting',
    ]);
  });

  it('takes other brackets for text', () => {
    expect(undoText(bbcode, '[Response] 220 x\nCommand [size] [a]\n(anna@::1) [b]')).toBeNull();
    expect(undoText(bbcode, '[code]\nCommand [size] [a][/code]')).toEqual(['2:Command [size] [a]']);
  });
});

describe('jsonEscapes', () => {
  it('breaks a string at its escapes and takes it out of its object', () => {
    const text = '{"id": 7, "out": "< 220 \\"hi\\"\\r\\n> USER \\u00fc\\tx\\r\\n", "code": 1}';
    expect(undoText(jsonEscapes, text)).toEqual(['1:id": 7, "out', '1:< 220 "hi"', '1:> USER ü\tx', '1:code": 1}']);
  });

  it('reads arrays of lines and log records of a line each', () => {
    expect(undoText(jsonEscapes, '[\n  "< 220 a",\n  "> USER \\"b\\"",\n  "< 331 c"\n]')).toEqual([
      '1:[',
      '2:< 220 a',
      '3:> USER "b"',
      '4:< 331 c',
      '5:]',
    ]);
    expect(undoText(jsonEscapes, '{"log":"< 220 a\\r\\n","stream":"stderr"}\n{"log":"> QUIT\\n"}\n')).toEqual([
      '1:< 220 a',
      '2:> QUIT',
    ]);
  });

  it('leaves one escape in a line to the line', () => {
    expect(undoText(jsonEscapes, "*get* '220 ready\\r\\n'\nRETR C:\\new")).toBeNull();
  });
});

describe('enclosures', () => {
  it.each([
    ['| < 220 a |\n| > QUIT |\n| < 221 b |'],
    ['**< 220 a**\n**> QUIT**\n**< 221 b**'],
    ['<row n="1">< 220 a</row>\n<row>> QUIT</row>\n<row>< 221 b</row>'],
  ])('takes lines out of the marks around them: %s', (text) => {
    expect(undoText(enclosures, text)).toEqual(['1:< 220 a', '2:> QUIT', '3:< 221 b']);
  });

  it('halves doubled quotes of a CSV column, and leaves a quote at the end of each line alone', () => {
    expect(undoText(enclosures, '"257 ""/"""\n"> QUIT"\n"221 b",')).toEqual(['1:257 "/"', '2:> QUIT', '3:221 b']);
    expect(undoText(enclosures, '[pid 1] "QUIT"\n[pid 1] "221"\n[pid 1] "x"')).toBeNull();
  });
});

describe('markdown', () => {
  it('drops fences and backslashes before characters that always have them', () => {
    expect(undoText(markdown, '```log\n\\> RETR a\\_b\\_c\n\\< 550 \\*no\\*\n```')).toEqual([
      '2:> RETR a_b_c',
      '3:< 550 *no*',
    ]);
  });

  it('leaves backslashes where the character stands alone as well', () => {
    expect(undoText(markdown, 'RETR C:\\_tmp\\a_b_c\nSTOR d_e_f')).toBeNull();
  });

  it('takes links made of host names back to the names', () => {
    expect(undoText(markdown, 'to [ftp.a.example](http://ftp.a.example/) and [me](x)')).toEqual([
      '1:to ftp.a.example and [me](x)',
    ]);
  });
});

describe('powershell', () => {
  it('takes the first line out of its error record, wherever the words are translated', () => {
    const text = [
      'curl.exe : *   Trying 192.0.2.1:21',
      '...',
      'In Zeile:1 Zeichen:1',
      '+ curl.exe -v ftp://192.0.2.1',
      '+ ~~~~~~~~~',
      '    + CategoryInfo          : NotSpecified: (*   Trying 192.0.2.1:21...:String) [], RemoteException',
      '    + FullyQualifiedErrorId : NativeCommandError',
      ' ',
      '< 220 ready',
    ].join('\n');
    expect(undoText(powershell, text)).toEqual(['1:*   Trying 192.0.2.1:21...', '9:< 220 ready']);
  });
});

describe('wrapped lines', () => {
  const wide = (text: string) => text.padEnd(80, 'x');

  it('are joined without a blank when cut at a column', () => {
    const text = `${wide('< 120 a')}\nyz\n${wide('< 220 b')}\nyz\n> QUIT`;
    expect(undoText(wrappedAtColumn, text)).toEqual([`1:${wide('< 120 a')}yz`, `3:${wide('< 220 b')}yz`, '5:> QUIT']);
  });

  it('are joined with a blank when wrapped between words', () => {
    const text = [
      '< 150 Opening BINARY mode data connection for the file of',
      'yesterday (7 bytes)',
      '< 226 Transfer complete, and thank you for your visit to our',
      'archive',
      '> QUIT',
    ].join('\n');
    expect(undoText(wrappedAtWord, text)).toEqual([
      '1:< 150 Opening BINARY mode data connection for the file of yesterday (7 bytes)',
      '3:< 226 Transfer complete, and thank you for your visit to our archive',
      '5:> QUIT',
    ]);
  });

  it('are not seen in foreign lines behind short ones', () => {
    expect(undoText(wrappedAtWord, '< 220 ready\nflags=0x1\n> USER a\nmax_write=2\n< 331 b\nunique: 3')).toBeNull();
  });
});

describe('joinedLines', () => {
  it('cuts two lines that became one, not a line with a mark in its text', () => {
    expect(undoText(joinedLines, '> USER anna < 331 Password, please\n< 220-*** * Welcome * ***')).toEqual([
      '1:> USER anna',
      '1:< 331 Password, please',
      '2:< 220-*** * Welcome * ***',
    ]);
  });
});

describe('quotedPrintable', () => {
  it('joins soft line breaks and decodes what was encoded', () => {
    expect(undoText(quotedPrintable, '< 200 PBSZ=3D0=20\n> RETR /f=C3=BC=\nr\n< 226 ok')).toEqual([
      '1:< 200 PBSZ=0 ',
      '2:> RETR /für',
      '4:< 226 ok',
    ]);
    expect(undoText(quotedPrintable, '< 220 re=\nady\n> USER an=\nna\n< 331 pass=\nword')).toEqual([
      '1:< 220 ready',
      '3:> USER anna',
      '5:< 331 password',
    ]);
    expect(undoText(quotedPrintable, '< 200 PBSZ=0\n==================\n> RETR a=20b')).toBeNull();
  });
});

describe('the smaller repairs', () => {
  it('undo what they name', () => {
    expect(undoText(nulBytes, '< 2\x0020\0 a')).toEqual(['1:< 220 a']);
    expect(undoText(terminalCodes, '\x1b[1m< 220 a\x1b[0m\n[0;32m> QUIT[0m')).toEqual(['1:< 220 a', '2:> QUIT']);
    expect(undoText(indent, '    a\n      b\n')).toEqual(['1:a', '2:  b']);
    expect(undoText(trailingBlanks, 'a  \nb  \nc \nd')).toEqual(['1:a', '2:b', '3:c', '4:d']);
    expect(undoText(quotePrefix, '> a\n> > b\nc')).toEqual(['1:a', '2:> b', '3:c']);
    expect(smartQuotes.undoLine!('“a” – b’s…\u200b')).toBe('"a" - b\'s...');
  });

  it('tell an elision from a text that has dots', () => {
    for (const text of ['...', '[...]', '…', '<snip>', '-- snip --', '[lines removed]'])
      expect(isElision(text), text).toBe(true);
    for (const text of ['a...', '< 220 ...', 'cut it out', '']) expect(isElision(text), text).toBe(false);
  });
});
