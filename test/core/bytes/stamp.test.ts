import { describe, expect, it } from 'vitest';
import { dayNumber, NO_DAY } from '../../../src/core/bytes/date-order.ts';
import { IsoStampReader, LocaleStampReader } from '../../../src/core/bytes/stamp.ts';
import { bytesOf } from '../../../src/core/bytes/text.ts';
import type { DateOrder } from '../../../src/core/report.ts';

function shown(day: number, ms: number): string {
  const date = day === NO_DAY ? '?' : new Date(day * 86_400_000).toISOString().slice(0, 10);
  return `${date} ${new Date(ms).toISOString().slice(11, 23)}`;
}

function readLocale(stamps: readonly string[], order: DateOrder | null = null) {
  const reader = new LocaleStampReader(order);
  const read = stamps.map((stamp) => {
    const bytes = bytesOf(`${stamp} - anna`);
    return reader.read(bytes, 0, bytes.length) < 0 ? null : shown(reader.day, reader.ms).replace('.000', '');
  });
  return { read, evidence: reader.evidence, resolutionMs: reader.resolutionMs };
}

describe('stamps of a locale', () => {
  it.each([
    ['4/1/2009 1:34:48 AM', '2009-04-01 01:34:48'],
    ['12/18/2019 15:51:17 PM', '2019-12-18 15:51:17'],
    ['12/18/2019 0:22:38 AM', '2019-12-18 00:22:38'],
    ['20/07/2014 11:12:43', '2014-07-20 11:12:43'],
    ['01.09.2022 2:22:55', '2022-09-01 02:22:55'],
    ['2024/2/29 13:01:39', '2024-02-29 13:01:39'],
    ['2006-8-24 3:26:47', '2006-08-24 03:26:47'],
    ['2017-09-02 00:46:41', '2017-09-02 00:46:41'],
    ['2015. 01. 05. 9:05:01', '2015-01-05 09:05:01'],
    ['5. 1. 2015 9:05:01', '2015-01-05 09:05:01'],
    ['05.01.2015. 9:05:01', '2015-01-05 09:05:01'],
    ['05.01.15 13:05:09', '2015-01-05 13:05:09'],
    ['5.1.2015 13.05.09', '2015-01-05 13:05:09'],
    ['5.1.2015 г. 13:05:09', '2015-01-05 13:05:09'],
    ['2015-01-05 오후 1:05:09', '2015-01-05 01:05:09'],
    ['2015/1/5 下午 01:05:09', '2015-01-05 01:05:09'],
    ['5/1/2015 1:05:09 μμ', '2015-01-05 01:05:09'],
    ['05-Jan-15 13:05:09', '2015-01-05 13:05:09'],
    ['Mon 05/01/2015 13:05:09', '2015-01-05 13:05:09'],
    ['5/1/2558 13:05:09', '2015-01-05 13:05:09'],
    ['14/03/1436 13:05:09', '? 13:05:09'],
    ['31/04/2015 13:05:09', '? 13:05:09'],
    ['2015-01-05 13:05', '2015-01-05 13:05:00'],
  ])('%s is %s', (stamp, expected) => {
    expect(readLocale([stamp]).read).toEqual([expected]);
  });

  it.each(['', 'anna', '4/1/2009', '4/1 1:34:48', '4/1/2009 25:00:00', '192.0.2.7', '1/2/3/4/5'])(
    '%s is none',
    (text) => {
      expect(readLocale([text]).read).toEqual([null]);
    },
  );

  it.each([
    [['4/1/2009 1:34:48', '4/1/2009 1:35:02'], 1000],
    [['4/1/2009 1:34', '4/1/2009 1:35'], 60_000],
    // One stamp that lost its seconds makes no clock of minutes.
    [['4/1/2009 1:34:48', '4/1/2009 1:35', '4/1/2009 1:35:09'], 1000],
  ])('tell the step of the clock: %s', (stamps, resolutionMs) => {
    expect(readLocale(stamps).resolutionMs).toBe(resolutionMs);
  });

  it('reads a stamp that only begins like the one before', () => {
    expect(readLocale(['1/2/2018 1:02:03', '1/2/2018 1:02:03', '1/2/2018 1:02:3', '1/2/201 1:02:03']).read).toEqual([
      '2018-02-01 01:02:03',
      '2018-02-01 01:02:03',
      '2018-02-01 01:02:03',
      '? 01:02:03',
    ]);
  });

  it('reads the seconds that the stamp before did not have', () => {
    const stamps = ['6/3/2018 13:55', '6/3/2018 13:55:42', '6/3/2018 13:55', '6/3/2018 13:55:61'];
    const { read } = readLocale(stamps, 'mdy');
    expect(read).toEqual(['2018-06-03 13:55:00', '2018-06-03 13:55:42', '2018-06-03 13:55:00', null]);
  });

  it.each(['1/1/2018 24:00:00', '1/1/2018 10:60:00', '1/1/2018 10:00:61'])('does not read %j', (stamp) => {
    expect(readLocale([stamp]).read).toEqual([null]);
  });

  it('reads a longer time behind the same date', () => {
    expect(readLocale(['1/2/2018 9:59:59', '1/2/2018 10:00:00', '1/2/2018 10:00:00']).read).toEqual([
      '2018-02-01 09:59:59',
      '2018-02-01 10:00:00',
      '2018-02-01 10:00:00',
    ]);
  });
});

describe('the order of day and month', () => {
  const order = (...dates: string[]) => {
    const { evidence } = readLocale(dates.map((date) => (/:/.test(date) ? date : `${date} 12:00:00`)));
    return [evidence.order, evidence.basis, evidence.contradictedBy];
  };

  it('is settled by a field above 12', () => {
    expect(order('13/2/2018')).toEqual(['dmy', 'unambiguous', null]);
    expect(order('2/13/2018')).toEqual(['mdy', 'unambiguous', null]);
    expect(order('2018-02-03')).toEqual(['ymd', 'unambiguous', null]);
  });

  it('is settled by the only reading that never jumps back', () => {
    expect(order('11/4/2018', '12/4/2018', '1/5/2018')).toEqual(['dmy', 'monotonic', null]);
    expect(order('18/02/27', '18/02/28', '18/03/01')).toEqual(['ymd', 'monotonic', 'ymd']);
    expect(order('4/11/2018 1:00:00 PM', '4/12/2018 1:00:00 PM', '5/1/2018 1:00:00 PM').slice(0, 2)).toEqual([
      'mdy',
      'monotonic',
    ]);
  });

  it('is assumed from the marker and the separators where nothing else tells', () => {
    expect(order('4/1/2009 16:25:32 PM')).toEqual(['mdy', 'assumed', null]);
    expect(order('4/01/2009 16:25:32 PM')).toEqual(['dmy', 'assumed', null]);
    expect(order('4/1/2009')).toEqual(['dmy', 'assumed', null]);
    expect(order('04-01-2009 16:25:32 PM')).toEqual(['dmy', 'assumed', null]);
    expect(order('4.1.2009')).toEqual(['dmy', 'assumed', null]);
  });

  it('is assumed from the reading under which the dates lie together', () => {
    expect(order('4/1/2009', '4/2/2009', '4/3/2009')).toEqual(['mdy', 'assumed', 'mdy']);
  });

  it('says when later dates contradict it', () => {
    expect(order('4/1/2009 1:00:00 PM', '13/1/2009 1:00:00 PM')).toEqual(['dmy', 'unambiguous', 'dmy']);
    const given = readLocale(['4/1/2009 1:00:00', '13/1/2009 1:00:00'], 'mdy');
    expect(given.read).toEqual(['2009-04-01 01:00:00', '2009-01-13 01:00:00']);
    expect([given.evidence.order, given.evidence.basis, given.evidence.contradictedBy]).toEqual([
      'mdy',
      'given',
      'dmy',
    ]);
  });

  it('bears a clock that is set back over midnight', () => {
    expect(order('13/4/2018', '14/4/2018', '13/4/2018', '14/4/2018')).toEqual(['dmy', 'unambiguous', null]);
    expect(order('1/4/2018', '2/4/2018', '1/4/2018').slice(1)).toEqual(['monotonic', null]);
  });
});

describe('ISO stamps', () => {
  it('reads them with and without a fraction', () => {
    const reader = new IsoStampReader();
    const read = (text: string) => {
      const bytes = bytesOf(text);
      const end = reader.read(bytes, 0, bytes.length);
      return end < 0 ? null : `${shown(reader.day, reader.ms)}|${text.slice(end)}`;
    };
    expect(read('2026-11-22T05:14:30.108Z <<')).toBe('2026-11-22 05:14:30.108|Z <<');
    expect(read('2026-11-22T05:14:30.108Z <<')).toBe('2026-11-22 05:14:30.108|Z <<');
    expect(read('2026-11-23 05:14:30,5')).toBe('2026-11-23 05:14:30.500|');
    expect(read('2026-11-23 05:14:30 x')).toBe('2026-11-23 05:14:30.000| x');
    expect(read('2026-11-31 05:14:30')).toBeNull();
    expect(read('2026-1a-23 05:14:30')).toBeNull();
    expect(read('2026-11-23 24:14:30')).toBeNull();
    expect(read('2026-11-23 12:95:34')).toBeNull();
    expect(read('2026-11-23')).toBeNull();
    // A date whose time is none is not that of the next stamp.
    expect(read('2026-11-22T05:14:31.008Z')).toBe('2026-11-22 05:14:31.008|Z');
    expect(read('2326-11-22T25:14:31.008Z')).toBeNull();
    expect(read('2026-11-22T05:14:32Z')).toBe('2026-11-22 05:14:32.000|Z');
    expect(read('2326-11-22T05:14:31.0085Z')).toBe('2326-11-22 05:14:31.008|Z');
    expect(read('2326-11-22T05:14:61Z')).toBeNull();
  });
});

describe('dayNumber', () => {
  it('counts as the calendar does', () => {
    for (const date of ['1970-01-01', '1999-12-31', '2000-02-29', '2015-03-01', '2100-02-28', '2400-12-31']) {
      const [year, month, day] = date.split('-').map(Number) as [number, number, number];
      expect(dayNumber(year, month, day)).toBe(Date.parse(date) / 86_400_000);
    }
    expect(dayNumber(2015, 2, 29)).toBe(NO_DAY);
    expect(dayNumber(1900, 2, 29)).toBe(NO_DAY);
  });
});
