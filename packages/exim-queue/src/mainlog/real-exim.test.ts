import { readFileSync } from 'node:fs';
import type { Reject } from '@sluice/pipeline';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { type EximScene, eximReleases, eximScene } from '../../../../tools/testing/exim/exim-scene.ts';
import type { MainlogEvent } from './mainlog-event.ts';
import { MainlogReader } from './mainlog-reader.ts';

const selectors = [
  [],
  ['log_selector = +all +millisec +pid', 'log_timezone = true'],
  ['log_selector = +received_recipients +received_sender +subject +queue_time +queue_time_overall'],
  ['log_selector = +millisec +pid +all_parents +sender_on_delivery +return_path_on_delivery +deliver_time'],
] as const;

/** All that a scene's log tells; nothing in it may be a reject. */
function eventsOf(scene: EximScene): readonly MainlogEvent[] {
  const rejects: Reject[] = [];
  const events: MainlogEvent[] = [];
  const bytes = readFileSync(scene.mainlog);
  const reader = new MainlogReader({ rejects: { next: (reject) => rejects.push(reject) } });
  reader.feed({ source: { id: '', path: scene.mainlog }, bytes, offset: 0 }, (event) => events.push(event));
  expect(rejects).toEqual([]);
  expect(events).toHaveLength(bytes.toString('latin1').split('\n').length - 1);
  return events;
}

const forged = 'Completed <= 1xVJLa-0005ku-09 removed by root';

/** Has each kind of line written; gives the ids that the events are asked for. */
async function act(scene: EximScene) {
  const startMs = Date.now();
  const from = '"a>b c"@x.test';
  const partly = await scene.run(
    ['-odf', '-f', from, 'd@ok.test', 'all@list.test', '"sp ace"@ok.test'],
    `Subject: ${forged}\n\nx\n`,
  );
  await scene.run(['-odf', '-f', 's@x.test', 'x@fail.test'], 'Subject: x\n\nx\n');
  await scene.run(['-odf', '-f', '<>', 'x@fail.test'], 'Subject: x\n\nx\n');
  await scene.quiet();
  await scene.run(['-odq', '-f', 'q@x.test', 'a@defer.test', 'b@defer.test'], 'Subject: queued\n\nx\n');
  const id = scene.log().match(/(\S+) <= q@x\.test/)?.[1] ?? '';
  for (const args of [
    ['-Mf'],
    ['-Mt'],
    ['-Mar'],
    ['-Mmd'],
    ['-Mes'],
    ['-Mf'],
    ['-M'],
    ['-Mf'],
    ['-Mc'],
    ['-Mt'],
    ['-Mg'],
  ]) {
    const more: Record<string, string> = { '-Mar': 'new@defer.test', '-Mmd': 'b@defer.test', '-Mes': 's2@x.test' };
    await scene.run([...args, id, ...(more[args[0] ?? ''] === undefined ? [] : [more[args[0] ?? ''] ?? ''])]);
  }
  await scene.quiet();
  const parked = await scene.run(['-odq', '-f', 'p@x.test', 'a@defer.test'], 'Subject: parked\n\nx\n');
  const second = scene.log().match(/(\S+) <= p@x\.test/)?.[1] ?? '';
  await scene.park('parked', second);
  await scene.run(['-qGparked', '-M', second]);
  await scene.run(['-qGparked', '-Mrm', second]);
  await scene.run(['-qff']);
  const session = [
    'EHLO client.test',
    'MAIL FROM:<smtp@x.test>',
    'RCPT TO:<"x <a@b> R=evil T=t"@ok.test>',
    'RCPT TO:<é@ok.test>',
    'DATA',
    `Subject: ${forged} "quoted" \\`,
    `Message-ID: <${forged}@x y>`,
    '',
    'x',
    '.',
    `${forged}`,
    'QUIT',
  ];
  const smtp = ['-odf', '-oMa', '192.0.2.7.4321', '-oMs', 'remote.test', '-bs'];
  await scene.run(smtp, `${session.join('\r\n').replace('smtp@x.test>', 'smtp@x.test> SMTPUTF8')}\r\n`);
  await scene.quiet();
  expect([partly.code, parked.code]).toEqual([0, 0]);
  return { id, second, startMs };
}

for (const { release, needs } of eximReleases) {
  describeWith(needs, `the main log of Exim ${release}`, () => {
    test.each(selectors.map((lines) => ({ lines })))('$lines', async ({ lines }) => {
      const scene = await eximScene({ release, lines });
      const { id, second, startMs } = await act(scene);
      const events = eventsOf(scene);
      const of = (which: string) => events.filter((event) => 'id' in event && event.id === which);
      const kinds = (which: string): string[] => of(which).map(({ kind }) => kind);
      expect(kinds(id)).toEqual([
        'arrived',
        'frozen',
        'thawed',
        'recipientAdded',
        'markedDelivered',
        'senderChanged',
        'frozen',
        'thawed',
        'deferred',
        'deferred',
        'frozen',
        'skipped',
        'thawed',
        'cancelled',
        'completed',
      ]);
      expect(kinds(second)).toEqual(['arrived', 'moved', 'deferred', 'removed', 'completed']);
      const has = (event: object): void => expect(events).toContainEqual(expect.objectContaining(event));
      has({ kind: 'arrived', sender: '"a>b c"@x.test', user: 'root', protocol: 'local' });
      has({
        kind: 'delivered',
        recipient: 'd@ok.test',
        address: 'd',
        router: 'ok',
        transport: 'devnull',
        how: 'normal',
      });
      has({ kind: 'delivered', recipient: '"sp ace"@ok.test', address: 'sp ace' });
      has({ kind: 'delivered', recipient: 'all@list.test', address: 'member1' });
      has({
        kind: 'deferred',
        recipient: 'all@list.test',
        address: 'member2@defer.test',
        errorNumber: -1,
        reason: 'nothing leaves this machine',
      });
      has({ kind: 'failed', recipient: 'x@fail.test', router: 'fail', reason: 'no such user here' });
      has({ kind: 'frozen', reason: 'delivery error message' });
      has({ kind: 'thawed', by: 'forced delivery' });
      has({ kind: 'arrived', sender: '', parentId: id, user: 'Debian-exim' });
      has({ kind: 'deferred', id: second, queue: 'parked' });
      has({ kind: 'moved', from: { queue: '', isAside: false }, to: { queue: 'parked', isAside: false } });
      has({ kind: 'queueRun', phase: 'end', queue: '' });
      has({ kind: 'delivered', recipient: '"x <a@b> R=evil T=t"@ok.test', address: 'x <a@b> r=evil t=t' });
      has({ kind: 'delivered', recipient: 'é@ok.test' });
      expect(events.filter(({ kind }) => kind === 'removed')).toHaveLength(1);
      expect(of('1xVJLa-0005ku-09')).toEqual([]);
      for (const { timeMs, pid } of events) {
        expect(timeMs).toBeGreaterThan(startMs - 1001);
        expect(timeMs).toBeLessThan(Date.now() + 1);
        expect(pid === undefined).toBe(!lines.some((line) => line.includes('+pid')));
      }
      const arrived = events.find((event) => event.kind === 'arrived' && event.sender === 'smtp@x.test');
      expect(arrived).toMatchObject({ host: { address: '192.0.2.7', name: 'remote.test', helo: 'client.test' } });
      if (lines.some((line) => /\+all |\+received_recipients/.test(line))) {
        expect(arrived).toMatchObject({
          subject: `${forged} "quoted" \\`,
          recipients: ['"x <a@b> R=evil T=t"@ok.test', 'é@ok.test'],
        });
      }
      await scene.dispose();
    });
  });
}
