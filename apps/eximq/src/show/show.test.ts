import path from 'node:path';
import { type ExampleMessage, writeSpool } from '@sluice/exim-queue/example-spool';
import { newFolder } from '../../../../tools/testing/new-folder.ts';
import { here } from '../testing/here.ts';

const now = Date.now();
const messages: readonly ExampleMessage[] = [
  {
    receivedMs: now - 7_200_000,
    sender: 'a@x.test',
    recipients: ['b@y.test', 'c@y.test'],
    delivered: ['b@y.test'],
    frozenMs: now - 3_600_000,
    host: { address: '192.0.2.7', port: 4321, name: 'mx.z.test', helo: 'mx' },
    authId: 'alice',
    headers: ['From: a@x.test', 'To: b@y.test', 'Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=', 'X-Evil: \u001b[2J'],
    body: 'one\n\u001b[31mtwo\n',
    log: ['2026-11-23 02:01:59 c@y.test R=all defer (-1): nothing leaves this machine'],
  },
  { receivedMs: now - 60_000, sender: '', recipients: ['b@y.test'], damage: 'garbage' },
];

let spool: string;
let ids: readonly string[];
beforeAll(() => {
  spool = path.join(newFolder(), 'spool');
  ({ ids } = writeSpool(spool, messages));
});
const show = (...args: string[]) => here(['show', '--spool', spool, ...args]);

describe('show', () => {
  test('gives an overview: envelope, recipients with the reasons why they wait, headers', async () => {
    const { status, out } = await show(ids[0] ?? '');
    expect(status).toBe(0);
    expect(out).toMatch(/^State {7}frozen since .* \(60m\)$/m);
    expect(out).toMatch(/^Received {4}.* \(2h ago\)$/m);
    expect(out).toMatch(/^From host {3}mx\.z\.test \[192\.0\.2\.7\]:4321 \(HELO mx\), /m);
    expect(out).toMatch(/^Auth {8}alice$/m);
    expect(out).toMatch(/^Sender {6}<a@x\.test>$/m);
    expect(out).toContain(
      'Recipients (2, 1 delivered)\n  D b@y.test\n    c@y.test\n      R=all defer (-1): nothing leaves this machine\n',
    );
    expect(out).toContain('  Subject: Grüße\n');
    expect(out).toContain('  X-Evil: \ufffd[2J\n');
    expect(out).not.toContain('\u001b');
  });

  test('says what is wrong with a damaged message', async () => {
    const { status, out, errors } = await show(ids[1] ?? '');
    expect({ status, errors }).toEqual({ status: 0, errors: '' });
    expect(out).toMatch(/^State {7}damaged: -H is damaged in its envelope$/m);
    expect(out).not.toContain('Sender');
  });

  test('prints all that is known as JSON', async () => {
    const { out } = await show('--json', ids[0] ?? '');
    expect(JSON.parse(out)).toMatchObject({
      id: ids[0],
      authId: 'alice',
      recipients: [{ isDelivered: true }, { reason: expect.stringContaining('nothing leaves') }],
      headers: { subject: ['=?utf-8?Q?Gr=C3=BC=C3=9Fe?='] },
    });
  });

  test('prints the files byte for byte where the output is no terminal', async () => {
    const { out } = await show('--body', ids[0] ?? '');
    expect(out).toBe(`${ids[0]}-D\none\n\u001b[31mtwo\n`);
    expect((await show('--log', ids[0] ?? '')).out).toMatch(/nothing leaves this machine\n$/);
    expect((await show('--message', ids[0] ?? '')).out).toContain('\n\none\n\u001b[31mtwo\n');
  });

  test('--all has the overview and the files, also of a message without a log', async () => {
    const { status, out } = await show('--all', ids[1] ?? '');
    expect(status).toBe(0);
    expect(out).toMatch(/^Message.*\n-- headers --\n.*\n-- body --\n.*\n-- log --\n\(none\)\n$/s);
  });

  test('tells of a part that is not there, and ends with 1', async () => {
    const { status, out, errors } = await show('--log', ids[1] ?? '');
    expect({ status, out, errors }).toEqual({
      status: 1,
      out: '',
      errors: `eximq: there is no log of ${ids[1]} in the queue\n`,
    });
  });
});
