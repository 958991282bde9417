import type { EximScene, SceneMessage } from './exim-scene.ts';

/** Some 500 messages as a busy server has them, without chance: bounces, lists, several domains and sizes. */
export const fiveHundredMessages: readonly SceneMessage[] = Array.from({ length: 500 }, (_, n) => ({
  from: n % 5 === 0 ? '' : `s${n % 7}@x${n % 23}.test`,
  to: Array.from(
    { length: 1 + ((n * 7) % 4 === 0 ? 3 : 0) },
    (_, r) => `r${n}-${r}@${['defer', 'ok', 'list'][r % 3]}.test`,
  ),
  subject: `message ${n}`,
  body: 'a line of a message\n'.repeat((n * 13) % 60),
}));

/** Puts some 500 real messages into the queue in about a second, and freezes each seventh. */
export async function fiveHundred(scene: EximScene): Promise<void> {
  await scene.bsmtp(fiveHundredMessages, 8);
  await scene.freeze(
    ...scene
      .ids()
      .sort()
      .filter((_, n) => n % 7 === 0),
  );
}
