import { damagedCases } from './damaged-cases.ts';
import type { EximScene, SceneMessage } from './exim-scene.ts';
import { plantCopy } from './plant.ts';
import { sizeCases } from './size-cases.ts';
import { smtpCases } from './smtp-cases.ts';

const many = Array.from({ length: 300 }, (_, n) => `r${n}@d${n % 17}.test`);
const longLocal = 'l'.repeat(64);
const longDomain = `${'d'.repeat(60)}.${'e'.repeat(60)}.test`;

/** Messages that stay untried, by the names that `cornerCases` gives their ids under. */
const queued: Readonly<Record<string, SceneMessage>> = {
  plain: { from: 'plain@x.test' },
  bounce: { from: '', to: 'b@defer.test' },
  quoted: { from: '"quoted local"@x.test' },
  angle: { from: '"a>b"@x.test' },
  frozenLook: { from: '"x *** frozen ***"@x.test' },
  apostrophe: { from: "o'brien@x.test", to: ["o'hara@defer.test", '"space rcpt"@defer.test'] },
  plus: { from: 'plus+tag=x@x.test', to: ['MiXed@DeFer.Test', '"a@b"@defer.test'] },
  long: { from: `${longLocal}@${longDomain}`, to: `${longLocal}@${longDomain}` },
  many: { from: 'many@x.test', to: many },
  unqualified: { from: 'root', to: ['games', 'daemon@defer.test'] },
  backslash: { from: '"back\\\\slash \\"quote\\""@x.test', to: '"<>"@defer.test' },
  manyHeaders: { headers: Array.from({ length: 40 }, (_, n) => `X-H${n}: ${'v'.repeat(n * 7)}\n folded\n`).join('') },
  emptyBody: { body: '' },
  lastLineOpen: { body: 'no line end' },
};

/** Messages that a delivery was tried of. */
const tried: Readonly<Record<string, SceneMessage>> = {
  partly: {
    from: 'partly@x.test',
    to: ['d1', 'd2', 'd3', 'd4'].map((name) => `${name}@ok.test`).concat('u1@defer.test', 'u2@defer.test'),
  },
  list: { from: 'list@x.test', to: 'all@list.test' },
  oneTime: { from: 'onetime@x.test', to: ['all@onetime.test', 'other@defer.test'] },
  frozenByPolicy: { from: 'policy@x.test', to: 'x@freeze.test' },
  failed: { from: 'fails@x.test', to: 'nobody@fail.test' },
  frozenBounce: { from: '', to: 'nobody@fail.test' },
  partlyQuoted: { to: ['"sp ace"@ok.test', '"sp ace"@defer.test', 'Case@OK.test'] },
};

/** At the edges of what `exim -bp` shows as minutes, hours and days. */
const agesMin = [30, 90.5, 91.5, 119, 60 * 71.6, 60 * 72.4, 60 * 73.1, 60 * 24 * 5, 60 * 24 * 120];

/**
 * Fills a scene with one message of each kind that is easily got wrong: senders, recipients, sizes and ages at the edges
 * of the formats, untrusted callers, SMTP with DSN, SMTPUTF8, BDAT and NUL, partly delivered, frozen, bounces, damaged and
 * missing files, files that are no message's. Takes about half a second.
 *
 * @returns the ids by name; the bounce that Exim made (`made`) and those of several (`age0`, `size0` …) included
 */
export async function cornerCases(scene: EximScene): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  const all = [
    ...Object.entries(queued).map(([name, message]) => [name, () => scene.submit(message)] as const),
    ...Object.entries(tried).map(([name, message]) => [name, () => scene.submit(message, 'deliver')] as const),
    ...['nobody', 'games'].map(
      (user) => [user, () => scene.submit({ from: `spoofed-${user}@x.test` }, 'queue', { user })] as const,
    ),
    ['frozen', () => frozen(scene)] as const,
    ...smtpCases(scene),
  ].values();
  const worker = async (): Promise<void> => {
    for (const [name, make] of all) ids.set(name, await make());
  };
  await Promise.all([worker(), worker(), worker()]);
  for (const [name, id] of [...(await sizeCases(scene)), ...(await damagedCases(scene)), ...(await ageCases(scene))])
    ids.set(name, id);
  await scene.quiet();
  const [, made = ''] = /^.{19} (\S+) <= <> R=/m.exec(scene.log()) ?? [];
  // The message that failed is through; what is left of it is the bounce.
  ids.delete('failed');
  return ids.set('made', made);
}

async function ageCases(scene: EximScene): Promise<[string, string][]> {
  const young = await scene.submit({ from: 'age@x.test' });
  const old = agesMin.map((minutes, n): [string, string] => {
    const id = plantCopy(scene, young, 200 + n);
    scene.age(id, minutes * 60_000);
    return [`age${n}`, id];
  });
  return [['young', young], ...old];
}

async function frozen(scene: EximScene): Promise<string> {
  const id = await scene.submit({ from: 'by-hand@x.test' });
  await scene.freeze(id);
  return id;
}
