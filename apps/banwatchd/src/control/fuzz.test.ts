import fc from 'fast-check';
import { Scene } from '../testing/scene.ts';
import type { ControlPlane } from './control-plane.ts';
import { jailGetters } from './jail-settings/jail-getters.ts';
import { jailSetters } from './jail-settings/jail-setters.ts';
import { runCommand } from './run-command.ts';

const odd = [
  ...[
    '',
    ' ',
    '0',
    '-1',
    '1',
    '99999999999999999999',
    '1e9',
    '0x10',
    'NaN',
    'true',
    'off',
    '\0',
    '\n',
    '%',
    '%(x)s',
    '[',
  ],
  ...[
    ']',
    '(',
    '<HOST>',
    '^<HOST> x$',
    '<F-ID>',
    '{}',
    '[]',
    '"',
    "'",
    '../../etc',
    '/',
    '*',
    '**',
    '__proto__',
    'key="<ip>"',
  ],
  ...[
    '10.0.0.0/8',
    '999.1.1.1',
    '::1',
    'EPOCH',
    '{DATE}',
    '%Y',
    '1d',
    'systemd',
    'utf-16',
    'UTC+99',
    '--report-absent',
  ],
  ...['x'.repeat(3000), '((((a+)+)+)+)+$', 'ban', 'actionban', 'dummy', 'file:/nosuch', 'é\u2028'],
];

const word = fc.oneof(fc.constantFrom(...odd), fc.string({ maxLength: 20 }));
const option = fc.constantFrom(
  ...new Set([...jailSetters.names(), ...jailGetters.names()]),
  ...['increment', 'factor', 'formula', 'multipliers', 'maxtime', 'rndtime', 'overalljails'].map(
    (name) => `bantime.${name}`,
  ),
);
const command = fc.oneof(
  fc.tuple(fc.constant('set'), fc.constant('web'), option, fc.array(word, { maxLength: 4 })),
  fc.tuple(fc.constant('get'), fc.constant('web'), option, fc.array(word, { maxLength: 3 })),
  fc.tuple(fc.constantFrom('status', 'banned', 'unban', 'reload', 'stats', 'echo', 'x'), word, word, fc.array(word)),
);

const done = (plane: ControlPlane, words: readonly string[]): Promise<unknown> =>
  runCommand({ plane, note: () => {} }, words);

test('whatever is set, asked for or done, the daemon answers, and its jail can be asked, banned with and reloaded', async () => {
  await using scene = new Scene();
  scene.write('fail2ban/jail.conf', '[web]\nenabled = true\nfilter = bot\nlogpath = /a.log\nusedns = no\n');
  scene.write('fail2ban/filter.d/bot.conf', '[Definition]\nfailregex = ^<HOST> bad\n');
  scene.write('root/a.log', '');
  const { control } = scene.start({ log: { write: () => {} } });
  await fc.assert(
    fc.asyncProperty(command, async ([verb, jail, name, rest]) => {
      const words = [verb, jail, name, ...rest];
      const outcome = await done(control, words).then(
        (value) => JSON.stringify(value),
        (error: Error) => error.message,
      );
      expect(typeof outcome).toBe('string');
      expect(await done(control, ['status', 'web'])).toMatchObject({ jail: 'web' });
      for (const getter of ['ignoreip', 'failregex', 'datepattern', 'bantime.maxtime', 'actions', 'logpath'])
        expect(JSON.stringify(await done(control, ['get', 'web', getter]))).toEqual(expect.any(String));
    }),
    { numRuns: 400 },
  );
  await done(control, ['reload', '--restart', '--all']);
  expect(await done(control, ['get', 'web', 'maxretry'])).toBe(3);
  expect(await done(control, ['set', 'web', 'banip', '192.0.2.1'])).toBe(1);
}, 60_000);
