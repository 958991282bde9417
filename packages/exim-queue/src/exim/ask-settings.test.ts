import { writeFileSync } from 'node:fs';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { eximReleases, eximScene } from '../../../../tools/testing/exim/exim-scene.ts';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { askSettings } from './ask-settings.ts';
import { mainlogPath } from './mainlog-path.ts';

const temp = tempFolder();

for (const { release, needs } of eximReleases) {
  describeWith(needs, `with the real Exim (${release})`, () => {
    test('tells what its configuration says', async () => {
      const lines = ['queue_list_requires_admin = false'];
      const scene = await eximScene({ release, aside: true, messageLogs: false, lines });
      expect(await askSettings(scene.place)).toEqual({
        spoolDirectory: scene.spool,
        logFilePath: `${scene.spool}/log/%slog`,
        splitSpoolDirectory: false,
        messageLogs: false,
        moveFrozenMessages: true,
        timeoutFrozenAfter: '0s',
        autoThaw: '0s',
        queueListRequiresAdmin: false,
      });
      const split = await eximScene({ release, split: true });
      expect(await askSettings(split.place)).toMatchObject({
        splitSpoolDirectory: true,
        messageLogs: true,
        moveFrozenMessages: false,
        queueListRequiresAdmin: true,
      });
      expect(mainlogPath(await askSettings(split.place))).toBe(split.mainlog);
    });
  });
}

test('what a release does not know is absent', async () => {
  const answer = 'spool_directory = /var/spool/exim\\nlog_file_path =\\nmessage_logs\\nauto_thaw is not a known option';
  writeFileSync(temp('exim'), `#!/bin/sh\nprintf '${answer}\\n'\n`, { mode: 0o755 });
  const settings = await askSettings({ exim: temp('exim') });
  expect(settings).toEqual({ spoolDirectory: '/var/spool/exim', logFilePath: '', messageLogs: true });
});

test('an answer without a spool is an error with the last of its words', async () => {
  writeFileSync(temp('exim'), '#!/bin/sh\necho I am no Exim\n', { mode: 0o755 });
  await expect(askSettings({ exim: temp('exim') })).rejects.toMatchObject({
    code: 'ERR_EXIM_QUEUE_EXIM',
    message: `${temp('exim')} does not tell its spool_directory: I am no Exim`,
  });
});

test.each([
  ['', '/sp/log/mainlog'],
  ['/var/log/exim4/%slog', '/var/log/exim4/mainlog'],
  [':syslog', '/sp/log/mainlog'],
  ['syslog : /var/log/exim_%slog', '/var/log/exim_mainlog'],
  ['syslog', undefined],
  ['<; /var/a:b/%slog; syslog', '/var/a:b/mainlog'],
  ['/var/log/exim/%s-%D.log', '/var/log/exim/main-*.log'],
  ['/var/log/all', '/var/log/all'],
])('log_file_path "%s" puts the main log to %s', (logFilePath, path) => {
  expect(mainlogPath({ spoolDirectory: '/sp', logFilePath })).toBe(path);
});
