import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { type EximScene, eximReleases, eximScene } from '../../../../tools/testing/exim/exim-scene.ts';
import { fiveHundred } from '../../../../tools/testing/exim/five-hundred.ts';
import { runCommand } from '../../../../tools/testing/exim/run-command.ts';
import type { QueueFilter } from '../queue-filter.ts';
import { entriesOf, placeOf } from './testing/our-list.ts';

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

for (const { release, needs } of eximReleases)
  describeWith(needs, `the tools of Exim ${release} and our filters`, () => {
    let scene: EximScene;
    const exiqgrep = (...args: readonly string[]) =>
      runCommand([scene.tool('exiqgrep'), '-C', scene.config, '-E', scene.exim, ...args]);
    const exipick = (...args: readonly string[]) =>
      runCommand([scene.tool('exipick'), '-C', scene.config, '--spool', scene.spool, ...args]);
    const ours = async (where: QueueFilter): Promise<string[]> =>
      (await entriesOf(placeOf(scene), { where })).map(({ id }) => id).sort();

    describe('of a queue of 500', () => {
      beforeAll(async () => {
        scene = await eximScene({ release });
        await fiveHundred(scene);
      });

      test.each<[string, QueueFilter, string[]]>([
        ['frozen', { frozen: true }, ['-z']],
        ['not frozen', { frozen: false }, ['-x']],
        ['bounces', { bounce: true }, ['-f', '^<>$']],
        ['of a sender', { sender: 's3@x*.test' }, ['-f', '<s3@x']],
        ['of a sender by a regular expression', { sender: { regex: '@x1[0-5]\\.test$' } }, ['-f', '@x1[0-5]\\.test>']],
        ['to a recipient', { recipient: 'r2?-0@defer.test' }, ['-r', '^r2[0-9]-0@defer.test']],
        ['frozen bounces', { frozen: true, bounce: true }, ['-z', '-f', '^<>$']],
      ])('exiqgrep and we find the same messages: %s', async (_, where, args) => {
        const theirs = lines((await exiqgrep('-i', ...args)).stdout).sort();
        expect(theirs.length).toBeGreaterThan(5);
        expect(await ours(where)).toEqual(theirs);
      });

      test('we find messages by their ids, also when others are asked for', async () => {
        const [first = '', , third = ''] = scene.ids();
        expect(await ours({ ids: [third, first, '000000-000000-00'] })).toEqual([first, third].sort());
      });

      test.each<[string, QueueFilter, string[]]>([
        ['frozen', { frozen: true }, ['-z']],
        ['not frozen', { frozen: false }, ['-x']],
        ['of a sender', { sender: 's3@x*.test' }, ['$sender_address =~ /^s3@x/']],
        ['with four recipients', { recipients: { min: 4 } }, ['$recipients_count >= 4']],
      ])('exipick and we find the same messages: %s', async (_, where, args) => {
        const theirs = lines((await exipick('-i', ...args)).stdout).sort();
        expect(theirs.length).toBeGreaterThan(5);
        expect(await ours(where)).toEqual(theirs);
      });
    });

    describe('of messages that they do not understand', () => {
      beforeEach(async () => {
        scene = await eximScene({ release });
      });

      test('one damaged -H leaves exiqgrep without any answer, us with all others', async () => {
        const frozen = await scene.submit();
        const damaged = await scene.submit();
        await scene.freeze(frozen);
        scene.edit(damaged, '-H', (bytes) => bytes.subarray(0, 60));
        expect(await exiqgrep('-z', '-i')).toMatchObject({ code: 1, stdout: '' });
        expect(await ours({ frozen: true })).toEqual([frozen]);
        const entries = await entriesOf(placeOf(scene));
        expect(entries.map(({ id, problem }) => [id, problem?.kind])).toEqual([
          [frozen, undefined],
          [damaged, 'envelope'],
        ]);
      });

      test('a quoted sender with an angle bracket is cut by exiqgrep, and found by us', async () => {
        const id = await scene.submit({ from: '"a>b"@x.test' });
        expect((await exiqgrep('-i', '-f', 'b"@x.test')).stdout).toBe('');
        expect(await ours({ sender: '"a>b"@x.test' })).toEqual([id]);
        expect(await ours({ senderDomain: 'x.test' })).toEqual([id]);
      });

      test('a recipient with a blank and DSN data is lost by exipick, and found by us', async () => {
        const [id = ''] = await scene.smtp([
          'EHLO x',
          'MAIL FROM:<dsn@x.test> RET=HDRS',
          'RCPT TO:<"sp ace"@defer.test> NOTIFY=FAILURE ORCPT=rfc822;sp+20ace@orig.test',
          'DATA',
          'Subject: x',
          '',
          'x',
          '.',
          'QUIT',
        ]);
        expect((await exipick('-bp')).stdout).not.toContain('sp ace');
        expect(await ours({ recipient: '"sp ace"@defer.test' })).toEqual([id]);
        const [entry] = await entriesOf(placeOf(scene));
        expect(entry?.recipients).toEqual([
          { address: '"sp ace"@defer.test', isDelivered: false, originalRecipient: 'rfc822;sp+20ace@orig.test' },
        ]);
      });

      test('what a journal says is delivered is pending for exipick, and delivered for us', async () => {
        const id = await scene.submit({ to: ['done@defer.test', 'open@defer.test'] });
        scene.edit(id, '-J', () => 'done@defer.test\n');
        expect((await scene.run(['-bp'])).stdout).toContain('        D done@defer.test\n          open@defer.test\n');
        expect((await exipick('-bp')).stdout).not.toContain('D done@defer.test');
        expect(await ours({ recipient: 'done@*' })).toEqual([]);
        expect(await ours({ recipient: 'open@*' })).toEqual([id]);
      });

      test('an apostrophe in a recipient is evaluated by exipick as code, and is a letter for us', async () => {
        const id = await scene.submit({ to: "o'hara@defer.test" });
        const { stderr } = await exipick('-i', 'each_recipients = defer');
        expect(stderr).toMatch(/\(eval \d+\)/);
        expect(await ours({ recipient: "o'hara@*" })).toEqual([id]);
      });

      test('a sender that looks frozen is taken for it by grep and awk, not by us', async () => {
        const looks = await scene.submit({ from: '"a *** frozen ***"@x.test' });
        const noBody = await scene.submit({ from: 'nod@x.test' });
        await scene.freeze(noBody);
        scene.edit(noBody, '-D', (bytes) => bytes);
        const { stdout } = await scene.run(['-bp']);
        expect(lines(stdout).filter((line) => line.includes('frozen'))).toHaveLength(2);
        expect(await ours({ frozen: true })).toEqual([noBody]);
        expect(await ours({ frozen: false })).toEqual([looks]);
      });
    });
  });
