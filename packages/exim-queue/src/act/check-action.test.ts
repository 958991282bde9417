import { actionCommand } from './action-command.ts';
import { checkAction } from './check-action.ts';

const refused = (fault: RegExp): Error =>
  expect.objectContaining({ code: 'ERR_EXIM_QUEUE_OPTION', message: expect.stringMatching(fault) });
const check = (action: unknown) => () => checkAction(action as Parameters<typeof checkAction>[0]);

describe('checkAction', () => {
  test.each([
    ['an option', '-oMr'],
    ['a second line', 'a@x.test\nb@x.test'],
    ['a NUL', 'a\0@x.test'],
    ['nothing', ''],
    ['more than 4096 bytes', `${'é'.repeat(2048)}@x`],
    ['no text', 7],
  ])('refuses an address that is %s', (_, address) => {
    expect(check({ kind: 'addRecipients', recipients: ['a@x.test', address] })).toThrow(
      refused(/recipients\[1\] must be/),
    );
    expect(check({ kind: 'markDelivered', recipients: [address] })).toThrow(refused(/recipients\[0\] must be/));
    if (address !== '') expect(check({ kind: 'editSender', sender: address })).toThrow(refused(/sender must be/));
  });

  test('refuses a list of addresses that is empty, or longer than a command line', () => {
    expect(check({ kind: 'addRecipients', recipients: [] })).toThrow(refused(/1 to 1000/));
    expect(check({ kind: 'addRecipients', recipients: Array(1001).fill('a@x') })).toThrow(refused(/1 to 1000/));
    expect(check({ kind: 'addRecipients', recipients: Array(100).fill('a'.repeat(4000)) })).toThrow(
      refused(/262144 bytes/),
    );
    expect(check({ kind: 'markDelivered', recipients: 'some' })).toThrow(refused(/1 to 1000/));
  });

  test.each(['../x', 'a/b', '.hidden', '-qff', '*', 'a\n', 'x'.repeat(256)])('refuses the queue %j', (queue) => {
    expect(check({ kind: 'move', queue })).toThrow(refused(/action.queue must be a queue's name/));
  });

  test('refuses what is no action', () => {
    for (const action of [{ kind: 'explode' }, {}]) expect(check(action)).toThrow(refused(/action.kind must be/));
  });

  test('takes quoted and UTF-8 addresses, the empty sender and the main queue', () => {
    checkAction({ kind: 'addRecipients', recipients: ['"sp ace"@x.test', "o'hara@x.test", 'jörg@münchen.test'] });
    checkAction({ kind: 'editSender', sender: '' });
    checkAction({ kind: 'move', queue: '' });
    checkAction({ kind: 'markDelivered', recipients: 'all' });
  });
});

test('a named queue stands before the action: behind it all is taken for ids', () => {
  const ids = ['1xVV23-0002Os-2S'];
  expect(actionCommand({ kind: 'remove' }).args('parked', ids)).toEqual(['-qGparked', '-Mrm', ...ids]);
  expect(actionCommand({ kind: 'deliver' }).args('', ids)).toEqual(['-v', '-M', ...ids]);
  expect(actionCommand({ kind: 'editSender', sender: '' }).args('', ids)).toEqual(['-Mes', ...ids, '<>']);
});
