import fc from 'fast-check';
import { saxesEntries } from '../testing/saxes-entries.ts';
import { entryWith, logOf, readAll } from '../testing/svn-xml.ts';
import { FastXmlReader } from './fast-xml-reader.ts';
import type { SvnLogReader } from './log-entry.ts';
import { LogScanner } from './log-scanner.ts';

const usualMax = 64 << 20;
const readers: readonly [string, (maxCommitBytes?: number) => SvnLogReader][] = [
  ['scanner', (max = usualMax) => new LogScanner(max)],
  ['fast-xml-parser', (max = usualMax) => new FastXmlReader(max)],
];

const sample = logOf(
  `${entryWith('plain', 1)}<logentry revision='2'><msg/><date>garbage</date></logentry><logentry
   kind="x"
   revision="30">
<author></author>
<paths>
<path
   kind="file"
   action="M">/trunk/a &amp; b</path>
<path copyfrom-rev="7" action="A" copyfrom-path="/trunk/&quot;x&apos; &gt;é" kind="dir">/tags/1</path>
</paths>
<revprops>
<property name="p">ignored &lt;</property>
</revprops>
<msg>a &#13;
b &lt;c&gt; &amp;amp; é 日本語 😀 ]]&gt;</msg>
<logentry revision="28"><author>x</author><msg>merged</msg><logentry revision="27"></logentry></logentry>
<logentry revision="29"><paths/></logentry>
</logentry>
`,
);

/** What documents mean with markup that is not what svn log writes, and what has to become of them. */
const attacks: readonly [string, string | Buffer][] = [
  ['a document type', `<!DOCTYPE log [<!ENTITY a "b">]>\n${logOf(entryWith('&a;')).toString()}`],
  [
    'a document type with a billion laughs',
    `<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><log>${entryWith('&b;')}</log>`,
  ],
  [
    'an external entity',
    `<?xml version="1.0"?><!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/passwd">]><log>${entryWith('&x;')}</log>`,
  ],
  ['CDATA in a message', logOf(entryWith('<![CDATA[x]]>'))],
  ['a comment', logOf(`<!-- x -->${entryWith('x')}`)],
  ['a comment in an entry', logOf(entryWith('x').replace('<msg>', '<!-- x --><msg>'))],
  ['an element __proto__', logOf('<logentry revision="1"><__proto__>x</__proto__></logentry>')],
  ['an element constructor', logOf('<logentry revision="1"><constructor>x</constructor></logentry>')],
  ['another element', logOf('<logentry revision="1"><authors>x</authors></logentry>')],
  ['another root', '<logs></logs>'],
  ['a second root', `${logOf('').toString()}<log></log>`],
  ['markup in a message', logOf(entryWith('a <b>c'))],
  ['an element in a message', logOf(entryWith('a <b/> c'))],
  ['an end tag of another element', logOf(entryWith('x').replace('</msg>', '</author>'))],
  ['a message outside an entry', logOf('<msg>x</msg>')],
  ['an end without a beginning', logOf('</logentry>')],
  ['text between elements', logOf(`x${entryWith('x')}`)],
  ['text between elements of an entry', logOf(entryWith('x').replace('<msg>', 'x<msg>'))],
  ['text after the log', `${logOf('').toString()}x`],
  ['an entry without a number', logOf('<logentry><msg>x</msg></logentry>')],
  ['a number that is none', logOf('<logentry revision="1e3"></logentry>')],
  ['attributes that are none', logOf('<logentry revision="1" x></logentry>')],
  ['an entry before the log', '<logentry revision="1"></logentry>'],
];

describe.each(readers)('%s', (_, open) => {
  test('reads everything that svn log --xml writes as saxes does', () => {
    const entries = readAll(open(), sample);
    expect(entries).toEqual(saxesEntries(sample.toString()));
    expect(entries.map(({ revision }) => revision)).toEqual([1, 2, 30]);
    expect(entries[2]?.message).toBe('a \r\nb <c> &amp; é 日本語 😀 ]]>');
    expect(entries[2]?.paths?.[1]).toEqual({
      path: '/tags/1',
      action: 'A',
      kind: 'dir',
      copyFromPath: '/trunk/"x\' >é',
      copyFromRevision: '7',
    });
    expect(entries[2]?.merged?.map(({ revision, merged }) => [revision, merged?.length])).toEqual([
      [28, 1],
      [29, undefined],
    ]);
  });

  test('tells what is missing from what is empty', () => {
    const [, second, third] = readAll(open(), sample);
    expect([second?.author, second?.message, second?.paths]).toEqual([undefined, '', undefined]);
    expect([third?.author, third?.date]).toEqual(['', undefined]);
    expect(third?.merged?.[1]?.paths).toEqual([]);
  });

  test.each([1, 2, 3, 7, 64])('gives the same entries in chunks of %d bytes', (chunkBytes) => {
    expect(readAll(open(), sample, chunkBytes)).toEqual(readAll(open(), sample));
  });

  test('gives the same entries however the bytes are divided', () => {
    const whole = readAll(open(), sample);
    fc.assert(
      fc.property(fc.array(fc.nat(sample.length), { maxLength: 20 }), (cuts) => {
        const reader = open();
        const places = [0, ...cuts.sort((a, b) => a - b), sample.length];
        const entries = places.flatMap((place, index) => [
          ...reader.feed(sample.subarray(places[index - 1] ?? 0, place)),
        ]);
        for (let last = reader.end(); last.length > 0; last = reader.end()) entries.push(...last);
        expect(entries).toEqual(whole);
      }),
      { numRuns: 100 },
    );
  });

  test('reads generated texts as they were before they were escaped', () => {
    const escaped = (text: string): string =>
      text.replaceAll(/[&<>\r]/g, (character) => `&#${character.charCodeAt(0)};`).replaceAll('"', '&quot;');
    const text = fc.string({ unit: 'binary' }).filter((value) => !/\p{Surrogate}|\0/u.test(value));
    fc.assert(
      fc.property(text, text, (message, path) => {
        const paths = `<paths><path copyfrom-rev="1" copyfrom-path="${escaped(path)}" action="A">${escaped(path)}</path></paths>`;
        const [entry] = readAll(
          open(),
          logOf(`<logentry revision="1">${paths}<msg>${escaped(message)}</msg></logentry>`),
          5,
        );
        expect(entry?.message).toBe(message);
        expect(entry?.paths).toEqual([{ path, action: 'A', kind: '', copyFromPath: path, copyFromRevision: '1' }]);
      }),
      { numRuns: 200 },
    );
  });

  test('takes no prefix of a log for a whole one', () => {
    const end = sample.lastIndexOf('>');
    for (let length = 0; length <= end; length += 1) {
      expect(() => readAll(open(), sample.subarray(0, length))).toThrow(
        expect.objectContaining({ code: 'ERR_VCS_EVENTS_TRUNCATED' }),
      );
    }
    expect(readAll(open(), sample.subarray(0, end + 1))).toHaveLength(3);
  });

  test('returns the entries before something wrong, then throws', () => {
    const reader = open();
    const bytes = logOf(`${entryWith('a', 1)}${entryWith('b', 2)}<wrong/>${entryWith('c', 3)}`);
    expect(reader.feed(bytes).map(({ revision }) => revision)).toEqual([1, 2]);
    expect(() => reader.feed(bytes)).toThrow(expect.objectContaining({ code: 'ERR_VCS_EVENTS_FORMAT' }));
    expect(() => reader.end()).toThrow(expect.objectContaining({ code: 'ERR_VCS_EVENTS_FORMAT' }));
  });

  test.each(attacks)('refuses %s', (_name, document) => {
    for (const chunkBytes of [1, 1 << 20]) {
      expect(() => readAll(open(), Buffer.from(document), chunkBytes)).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/^ERR_VCS_EVENTS_(FORMAT|TRUNCATED)$/) }),
      );
    }
  });

  test('leaves references that XML does not know, and impossible ones', () => {
    const message = '&#1; &#x1F389; &#99999999; &unknown; &#xD800; &#0; &copy; &amp;lt;';
    const [entry] = readAll(open(), logOf(entryWith(message)));
    expect(entry?.message).toBe('\x01 🎉 &#99999999; &unknown; &#xD800; &#0; &copy; &lt;');
  });

  test('keeps 50,000 references to an unknown entity as they are', () => {
    const message = '&bomb;'.repeat(50_000);
    expect(readAll(open(), logOf(entryWith(message)))[0]?.message).toBe(message);
  });

  test('refuses 200,000 entries within each other', () => {
    const document = logOf('<logentry revision="1">'.repeat(200_000));
    expect(() => readAll(open(), document, 1 << 16)).toThrow(
      expect.objectContaining({ code: 'ERR_VCS_EVENTS_FORMAT' }),
    );
  });

  test('reads a merge of a merge a hundred times over', () => {
    const document = logOf('<logentry revision="1">'.repeat(100) + '</logentry>'.repeat(100));
    let [entry] = readAll(open(), document);
    let depth = 0;
    for (; entry !== undefined; [entry] = entry.merged ?? []) depth += 1;
    expect(depth).toBe(100);
  });

  test('replaces bytes that are not UTF-8 and says which entry has them', () => {
    const bytes = Buffer.concat([
      Buffer.from(`<log>${entryWith('good \ufffd \uffff', 1)}<logentry revision="2"><msg>`),
      Buffer.from([0xff, 0xfe, 0x20, 0xe9, 0x20, 0xed, 0xa0, 0x80]),
      Buffer.from(`</msg></logentry>${entryWith('good', 3)}</log>`),
    ]);
    for (const chunkBytes of [1, bytes.length]) {
      const entries = readAll(open(), bytes, chunkBytes);
      expect(entries.map(({ isDamaged }) => isDamaged)).toEqual([false, true, false]);
      expect(entries[0]?.message).toBe('good \ufffd \uffff');
      expect(entries[1]?.message).toBe('\ufffd\ufffd \ufffd \ufffd\ufffd\ufffd');
    }
  });

  test('refuses an entry beyond the bound, whole or not, and reads one of just that size', () => {
    const entry = entryWith('m'.repeat(5000));
    const bytes = Buffer.byteLength(entry.trimEnd());
    const document = logOf(`${entryWith('short', 7)}${entry}`);
    for (const chunkBytes of [100, document.length]) {
      expect(readAll(open(bytes), document, chunkBytes)).toHaveLength(2);
      const read: number[] = [];
      const reader = open(bytes - 1);
      const feedAll = (): void => {
        for (let at = 0; at < document.length; at += chunkBytes) {
          read.push(...reader.feed(document.subarray(at, at + chunkBytes)).map(({ revision }) => revision));
        }
        reader.end();
      };
      expect(feedAll).toThrow(expect.objectContaining({ code: 'ERR_VCS_EVENTS_TOO_LARGE', limit: bytes - 1 }));
      expect(read).toEqual([7]);
    }
  });

  test('refuses a tag that never ends', () => {
    const document = Buffer.from(`<log><logentry revision="1"><paths><path ${'x'.repeat(5000)}`);
    expect(() => readAll(open(2000), document, 100)).toThrow(
      expect.objectContaining({ code: 'ERR_VCS_EVENTS_TOO_LARGE' }),
    );
  });

  test('reads a file that begins with the mark of UTF-8', () => {
    expect(readAll(open(), Buffer.concat([Buffer.from('\ufeff'), logOf(entryWith('x'))]), 1)).toHaveLength(1);
  });

  test('reads a log without entries', () => {
    expect(readAll(open(), Buffer.from('<?xml version="1.0"?>\n<log>\n</log>\n'))).toEqual([]);
    expect(readAll(open(), Buffer.from('<log/>'))).toEqual([]);
  });

  test('keeps texts that look like numbers', () => {
    const [entry] = readAll(open(), logOf(entryWith('1e3').replace('ada', '0123')));
    expect([entry?.author, entry?.message]).toEqual(['0123', '1e3']);
  });
});
