import { ringRejects } from '@sluice/pipeline';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import type { Commit } from '../commit.ts';
import { commitsOf } from '../testing/commits-of.ts';
import { saxesEntries } from '../testing/saxes-entries.ts';
import { needsSvn, SvnRepository } from '../testing/svn-repository.ts';
import { readAll } from '../testing/svn-xml.ts';
import { FastXmlReader } from './fast-xml-reader.ts';
import { LogScanner } from './log-scanner.ts';
import { svnBatches } from './svn-batches.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

/** Messages, and what becomes of them: control characters are `?\ddd` in decimal, of a CR LF the CR is a reference. */
const messages: readonly [string, string | Buffer, string][] = [
  ['a tab and markup', '\tx & < > " \'', '\tx & < > " \''],
  ['the end of CDATA', 'cdata ]]> x', 'cdata ]]> x'],
  ['characters of all planes', '😀 日本語 \u2028 é', '😀 日本語 \u2028 é'],
  ['a control character', '\x01 [31m\x1b \x07', '?\\001 [31m?\\027 ?\\007'],
  ['DEL and a C1 control', '\x7f \u0085', '?\\127 \u0085'],
  ['U+FFFE', '\ufffe', '\ufffe'],
  ['what control characters are written as', '?\\027', '?\\027'],
  ['line breaks of all kinds', 'a\r\nb\nc\rd', 'a\r\nb\nc\rd'],
  ['bytes that are no UTF-8', bytes('\xff\xfe \xe9'), '\ufffd\ufffd \ufffd'],
  ['more control characters', '\x01\x08\x0b\x0c\x1f', '?\\001?\\008?\\011?\\012?\\031'],
  ['what looks like XML', ']]> <!DOCTYPE x> &lol; <![CDATA[ z', ']]> <!DOCTYPE x> &lol; <![CDATA[ z'],
  ['half of a surrogate pair', bytes('\xed\xa0\x80'), '\ufffd\ufffd\ufffd'],
  ['the last characters', '\ufffe \uffff \u{10ffff}', '\ufffe \uffff \u{10ffff}'],
  ['the character that stands for others', '\ufffd', '\ufffd'],
  ['the end of an entry', '</msg></logentry></log>', '</msg></logentry></log>'],
];
const notUtf8 = ['9', '12'];

describeWith(needsSvn, 'a nasty history', () => {
  let repository: SvnRepository;
  let commits: readonly Commit[];
  const rejects = ringRejects(100);
  beforeAll(async () => {
    const names = ['dir with & <angle> ]]> é', 'a%0Anl', '-r', 'x@y', '\'"', 'ü/é 😀'.replace('/', ' ')];
    const date = '2020-01-02T03:04:05.000000Z';
    repository = new SvnRepository([
      ...messages.map(([, message]) => ({ author: 'ev<il"&', date, message })),
      { author: 'ada', date: 'garbage date', message: 'x' },
      { author: bytes('Ren\xe9'), date, message: 'latin1' },
      { date },
      { author: 'ada', date, nodes: names.map((path) => ({ path, action: 'add' as const })) },
    ]);
    repository.edit(1, 'svn:log', Buffer.from('\tx & < > " \''));
    commits = await commitsOf(svnBatches(repository.url, { files: true, rejects }));
  });

  test.each(messages.map(([name, , expected], index) => [name, index, expected] as const))(
    'keeps %s in a message',
    (_name, index, expected) => {
      expect(commits[index]?.message).toBe(expected);
      expect(commits[index]?.author.name).toBe('ev<il"&');
    },
  );

  test('loses no revision', () => {
    expect(commits.map(({ id }) => Number(id))).toEqual(commits.map((_, index) => index + 1));
    expect(commits).toHaveLength(messages.length + 4);
  });

  test('keeps names of files', () => {
    expect(commits.at(-1)?.files?.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/dir with & <angle> ]]> é', '/a%0Anl', '/-r', '/x@y', '/\'"', '/ü é 😀']),
    );
  });

  test('tells missing properties from others', () => {
    const [, , third] = commits.slice(messages.length);
    expect([third?.author.name, third?.message]).toEqual(['', '']);
  });

  test('reports exactly what is not UTF-8 and the date that is none', () => {
    const reports = rejects.last.map(({ code, value }) => [code, value]);
    expect(reports).toEqual([
      ...notUtf8.map((id) => ['ERR_VCS_EVENTS_TEXT', id]),
      ['ERR_VCS_EVENTS_DATE', String(messages.length + 1)],
      ['ERR_VCS_EVENTS_TEXT', String(messages.length + 2)],
    ]);
  });

  test('is read alike by scanner and fast-xml-parser, in any chunks', () => {
    const log = repository.log('-v');
    const expected = readAll(new LogScanner(1 << 20), log);
    expect(readAll(new FastXmlReader(1 << 20), log)).toEqual(expected);
    for (const size of [1, 13]) expect(readAll(new LogScanner(1 << 20), log, size)).toEqual(expected);
  });

  test('is read as saxes reads it, where that takes it', () => {
    const log = repository.log('-v').toString();
    // XML has none of these; in their places saxes gets one that it takes.
    const clean = log.replaceAll(/[\x7f\ufffe\uffff]/g, '\ufffd');
    const expected = readAll(new LogScanner(1 << 20), Buffer.from(clean));
    expect(saxesEntries(clean)).toEqual(expected);
  });

  test('is no whole log before its end', () => {
    const log = repository.log('-v');
    const end = log.lastIndexOf('>');
    for (let length = 0; length <= end; length += 1) {
      const read = (): unknown => readAll(new LogScanner(1 << 20), log.subarray(0, length));
      expect(read).toThrow(expect.objectContaining({ code: 'ERR_VCS_EVENTS_TRUNCATED' }));
    }
  });
});
