import { readFileSync, rmSync } from 'node:fs';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { type EximScene, eximReleases, eximScene } from '../../../../tools/testing/exim/exim-scene.ts';
import { eximUser } from '../../../../tools/testing/exim/needs-exim.ts';
import type { ExampleMessage } from './example-message.ts';
import { exampleMessages } from './example-messages.ts';
import { manyMessages } from './many-messages.ts';
import { type WrittenSpool, writeSpool } from './write-spool.ts';

const nowMs = Date.now();

for (const { release, needs } of eximReleases)
  describeWith(needs, `Exim ${release} and a spool that was written for it`, () => {
    let scene: EximScene;
    const split = release === 'new';

    beforeEach(async () => {
      scene = await eximScene({ release, split });
      rmSync(scene.spool, { recursive: true });
    });

    afterEach(() => scene.dispose());

    const write = (messages: Iterable<ExampleMessage>): WrittenSpool => {
      const owner = eximUser();
      return writeSpool(scene.spool, messages, {
        split,
        ids: release === 'new' ? 'long' : 'short',
        ...(owner !== undefined && { owner }),
      });
    };

    const listed = async (): Promise<string> => (await scene.run(['-bp'])).stdout;

    test('it lists many messages without finding fault', async () => {
      const messages = [...manyMessages({ count: 400, nowMs })];
      const { ids } = write(messages);
      const text = await listed();
      expect(text).not.toContain('error');
      expect([...text.matchAll(/^ ?\d+[mhd] +[\d.KM]+ (\S+) </gm)].map(([, id]) => id)).toHaveLength(ids.length);
      const frozen = messages.filter(({ frozenMs }) => frozenMs !== undefined).length;
      expect(text.split('*** frozen ***\n')).toHaveLength(frozen + 1);
      for (const { sender, recipients } of messages) {
        expect(text).toContain(` <${sender}>`);
        for (const recipient of recipients) expect(text).toContain(` ${recipient}\n`);
      }
      const delivered = messages.flatMap(({ delivered = [], journal = [] }) => [
        ...new Set([...delivered, ...journal]),
      ]);
      expect(text.split('\n        D ')).toHaveLength(delivered.length + 1);
    });

    test('it finds fault with the damaged ones only, and shows the others as they are meant', async () => {
      const messages = [...exampleMessages(nowMs)];
      const { ids } = write(messages);
      const text = await listed();
      for (const [index, message] of messages.entries()) {
        const id = ids[index] ?? '';
        const { sender, recipients, damage, queue, isAside, frozenMs } = message;
        const [block = ''] = new RegExp(`^.*${id}.*\\n(?:.+\\n)*`, 'm').exec(text) ?? [];
        if (queue !== undefined || isAside === true || damage === 'no-header-file') {
          expect(block).toBe('');
          continue;
        }
        const isBroken = damage !== undefined && damage !== 'no-body-file';
        expect(`${damage}: ${block.includes('spool format error')}`).toBe(`${damage}: ${isBroken}`);
        expect(block.endsWith('*** frozen ***\n') || / \*\*\* frozen \*\*\*\n/.test(block)).toBe(
          frozenMs !== undefined,
        );
        if (isBroken) continue;
        expect(block).toContain(` ${id} <${sender}>`);
        for (const recipient of recipients) {
          const { address } = typeof recipient === 'string' ? { address: recipient } : recipient;
          expect(block).toContain(` ${address}\n`);
        }
      }
    });

    test('it freezes, thaws, shows and removes them, and writes of them again what it read', async () => {
      const messages = [...exampleMessages(nowMs)].filter(
        ({ damage, queue, isAside, frozenMs }) =>
          damage === undefined && queue === undefined && isAside !== true && frozenMs === undefined,
      );
      const { ids } = write(messages);
      const lines = (text: string): string[] => text.trimEnd().split('\n');
      const before = ids.map((id) => readFileSync(scene.file(id, '-H'), 'utf8'));
      expect(lines((await scene.run(['-Mf', ...ids])).stdout)).toEqual(ids.map((id) => `Message ${id} is now frozen`));
      // What Exim adds, how it writes numbers below zero, and what it takes in from a journal or an old form, apart.
      const facts = (file: string): string[] =>
        file
          .replaceAll(' 4294967294', ' -2')
          .split('\n')
          .filter((line) => !/^-(?:frozen \d{3}|tls_resumption|deliver_firsttime|manual_thaw)/.test(line))
          .sort();
      for (const [index, id] of ids.entries()) {
        const { journal, recipients } = messages[index] as ExampleMessage;
        const isOld = recipients.some((recipient) => typeof recipient !== 'string' && recipient.form !== undefined);
        if (journal === undefined && !isOld)
          expect(facts(readFileSync(scene.file(id, '-H'), 'utf8'))).toEqual(facts(before[index] ?? ''));
      }
      expect(lines((await scene.run(['-Mt', ...ids])).stdout)).toEqual(
        ids.map((id) => `Message ${id} is no longer frozen`),
      );
      expect((await scene.run(['-Mvc', ids[0] ?? ''])).stdout).toMatch(/^Received: from [\s\S]*\n\nHello\.\n$/);
      expect(lines((await scene.run(['-Mrm', ...ids])).stdout)).toEqual(
        ids.map((id) => `Message ${id} has been removed`),
      );
      expect(await listed()).toBe('');
    });
  });
