import { mailActivities } from './mail-activities.ts';
import { maildirBatches } from './maildir/maildir-batches.ts';
import { maildirMessages } from './maildir-source.ts';
import { toActivities } from './to-activities.ts';

const wrong: readonly (readonly [object, string | RegExp])[] = [
  [{ pollMs: 0 }, 'pollMs must be an integer from 10 to 86400000, not 0'],
  [{ maxHeaderBytes: 1e9 }, 'maxHeaderBytes must be an integer from 1024 to 67108864, not 1000000000'],
  [{ maxMessageBytes: '1' }, 'maxMessageBytes must be an integer from 1024 to 1073741824, not "1"'],
  [{ authors: 'me' }, 'authors must be a list of texts that are not empty, or functions, not "me"'],
  [{ authors: [''] }, 'authors must be a list of texts that are not empty, or functions, not ""'],
  [{ excludeReceived: [1] }, 'excludeReceived must be a list of texts that are not empty, not 1'],
  [{ folders: [undefined] }, 'folders must be a list of names of folders, not undefined'],
  [{ fromMs: Number.NaN }, 'fromMs must be a number of milliseconds since the epoch, not NaN'],
  [{ untilMs: new Date(0) }, /^untilMs must be a number of milliseconds since the epoch, not /],
  [{ follow: 1 }, 'follow must be true or false, not 1'],
  [{ onProgress: {} }, 'onProgress must be a function, not [object Object]'],
  [{ rejects: {} }, 'rejects must be an object with next(), not [object Object]'],
  [{ metrics: null }, 'metrics must be an object with add(), not null'],
  [{ signal: {} }, 'signal must be an AbortSignal, not [object Object]'],
];

test.each(wrong)('%j is refused at the call', (options, message) => {
  for (const open of [maildirBatches, maildirMessages]) {
    expect(() => open('Maildir', options)).toThrow(message);
    expect(() => open('Maildir', options)).toThrow(expect.objectContaining({ code: 'ERR_MAIL_SOURCE_OPTION' }));
  }
});

test.each(['', 'a\0b', undefined as unknown as string])('the path %j is refused at the call', (directory) => {
  expect(() => maildirBatches(directory)).toThrow('directory must be a path');
});

test('wrong options of activities are refused at the call', async () => {
  expect(() => toActivities({ maxQueued: 0 })).toThrow('maxQueued must be an integer from 1 to 10000000, not 0');
  expect(() => toActivities({ body: 1 as unknown as boolean })).toThrow('body must be true or false, not 1');
  await expect(mailActivities([], { confidential: 'yes' as unknown as boolean })).rejects.toThrow(
    'confidential must be',
  );
});
