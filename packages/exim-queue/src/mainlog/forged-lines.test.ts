import fc from 'fast-check';
import type { MainlogKind } from './mainlog-event.ts';
import { id, read, shortId, stamp, stampMs, told } from './testing/read-lines.ts';

describe('text of strangers', () => {
  const other = `${shortId} Completed`;

  test.each([
    ['a HELO', `rejected EHLO from [192.0.2.7]: syntactically invalid argument(s): ${other}`],
    ['a HELO that looks like a line', `H=(${stamp} ${other}) [192.0.2.7] F=<a@b> rejected RCPT <x@y>: no`],
    ['a command', `SMTP syntax error in "${other}" H=[192.0.2.7] unrecognized command`],
    ['an argument', `cwd=/tmp 4 args: exim -f ${other}`],
    ['an id that is not at the beginning', ` ${other}`],
  ])('%s makes no event of a message', (_, text) => {
    expect(read(`${stamp} ${text}`).events).toEqual([expect.objectContaining({ kind: 'other', text })]);
    expect(read(`${stamp} ${text}`).events[0]).not.toHaveProperty('id');
  });

  test.each([
    ['a subject', `<= a@x.test P=local S=3 T="x ${other} <= =>" from <a@x.test> for b@y.test`],
    ['a Message-ID', `<= a@x.test P=local S=3 id=x ${other} T="forged" for c@d T="real" from <a@x.test> for b@y.test`],
    ['a quoted sender', `<= " Completed ${other}"@x.test P=local S=3 for b@y.test`],
    [
      'a HELO where junk is accepted',
      `<= a@x.test H=(x) [192.0.2.9] ** a@b R=${shortId} (Completed) [192.0.2.7] P=smtp S=3 for b@y.test`,
    ],
  ])('%s leaves an arrival an arrival', (_, text) => {
    expect(told(text)).toMatchObject({ kind: 'arrived', recipients: ['b@y.test'] });
  });

  test('a Message-ID cannot pass for the subject and the recipients behind it', () => {
    const event = told(
      '<= a@x.test P=local S=3 id=x T="forged" from <a@x.test> for c@d T="real" from <a@x.test> for b@y.test',
    );
    expect(event).toMatchObject({ messageId: 'x T="forged" from <a@x.test> for c@d', subject: 'real' });
    expect(told('<= a@x.test P=local S=3 id=x for c@d for b@y.test')).toMatchObject({
      messageId: 'x for c@d',
      recipients: ['b@y.test'],
    });
  });

  test("a remote server's answer leaves a failure a failure", () => {
    const event = told(`** a@b R=r T=t H=mx [192.0.2.7]: 550 x\\n${stamp} ${other}`);
    expect(event).toMatchObject({ kind: 'failed', recipient: 'a@b', reason: `550 x\\n${stamp} ${other}` });
  });

  test('whatever follows the fixed part, kind, id and time stay', () => {
    const texts = [
      '<= ',
      '=> ',
      'Completed',
      '** ',
      shortId,
      ' R=',
      ' T="',
      '"',
      '\\',
      ' <',
      '@x>',
      ' for ',
      ' id=',
      ': ',
      '\t',
      'é',
    ];
    const noise = fc.array(fc.constantFrom(...texts), { maxLength: 25 }).map((parts) => parts.join(''));
    const flags: Record<string, MainlogKind> = { '<=': 'arrived', '=>': 'delivered', '**': 'failed', '==': 'deferred' };
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(flags)), noise, (flag, rest) => {
        const { events, rejects } = read(`${stamp} ${id} ${flag} a${rest}`);
        expect(rejects).toEqual([]);
        expect(events).toEqual([expect.objectContaining({ kind: flags[flag], id, timeMs: stampMs })]);
      }),
    );
  });
});
