import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateApacheLog } from './generate-log.mjs';

/** @type {string} */
let dir;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'sluice-log-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** @param {Omit<Parameters<typeof generateApacheLog>[0], 'path'>} options */
async function generate(options) {
  const file = path.join(dir, 'access.log');
  const written = await generateApacheLog({ path: file, ...options });
  return { written, text: readFileSync(file, 'latin1') };
}

const attacks =
  / Bot Search"|MaMa CaSpEr|rk q kangen|SunOS 5\.7 sun4u|perl post|\/(?:help_us|contact|config|avd_start|\*)\.php/;

describe('generateApacheLog', () => {
  test('writes the same bytes for the same arguments, on every machine', async () => {
    const { text } = await generate({ bytes: 1_000_000, seed: 1 });
    expect(createHash('sha256').update(text, 'latin1').digest('hex')).toBe(
      '3e05e8479ce69b1f61b1d9331955735662a99f11d0cf6364c4a0996c2900bc01',
    );
    expect((await generate({ bytes: 1_000_000, seed: 2 })).text).not.toBe(text);
  });

  test('writes whole lines, as many bytes as asked for, and counts them', async () => {
    const { written, text } = await generate({ bytes: 500_000 });
    expect(written).toEqual({ bytes: text.length, lines: text.split('\n').length - 1 });
    expect(text.length).toBeGreaterThanOrEqual(500_000);
    expect(text.endsWith('\n')).toBe(true);
  });

  test.each([0, 0.01, 1])(
    'makes a share of %d of the lines an attack, and no other line looks like one',
    async (hitRate) => {
      const { text } = await generate({ bytes: 2_000_000, hitRate });
      const lines = text.trimEnd().split('\n');
      const share = lines.filter((line) => attacks.test(line)).length / lines.length;
      if (hitRate === 0 || hitRate === 1) expect(share).toBe(hitRate);
      else expect(Math.abs(share - hitRate)).toBeLessThan(hitRate / 2);
    },
  );
});
