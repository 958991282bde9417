import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateApacheLog, generateLog } from './generate-log.mjs';

/** @type {string} */
let dir;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'sluice-log-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** @param {Omit<Parameters<typeof generateLog>[0], 'path'>} options */
async function generate(options) {
  const file = path.join(dir, 'any.log');
  const written = await generateLog({ path: file, ...options });
  return { written, text: readFileSync(file, 'latin1') };
}

const apache = /** @type {const} */ ({
  kind: 'apache',
  checksum: '3e05e8479ce69b1f61b1d9331955735662a99f11d0cf6364c4a0996c2900bc01',
  form: /^[\da-f.:]+ - \S+ \[\d\d\/[A-Z][a-z]{2}\/2023:[\d:]{8} \+0000\] "[A-Z]+ \S+ HTTP\/\d\.\d" \d{3} \d+ "[^"]+" "[^"]+"$/,
  attacks:
    / Bot Search"|MaMa CaSpEr|rk q kangen|SunOS 5\.7 sun4u|perl post|\/(?:help_us|contact|config|avd_start|\*)\.php/,
});
const sshd = /** @type {const} */ ({
  kind: 'sshd',
  checksum: 'bb23f6d8d171dea0e18dd0bc938588f66619ccb46be026453f7c9c13d99be55d',
  form: /^[A-Z][a-z]{2} [ \d]\d [\d:]{8} srv01 [\w-]+\[\d+\]: \S.*\S$/,
  attacks:
    /Failed password for|: Invalid user|Connection closed by authenticating|maximum authentication attempts|not allowed because|Received disconnect|Unable to negotiate|Did not receive identification|Bad protocol version/,
});

describe.each([apache, sshd])('generateLog of kind $kind', ({ kind, checksum, form, attacks }) => {
  test('writes the same bytes for the same arguments, on every machine', async () => {
    const { text } = await generate({ kind, bytes: 1_000_000, seed: 1 });
    expect(createHash('sha256').update(text, 'latin1').digest('hex')).toBe(checksum);
    expect((await generate({ kind, bytes: 1_000_000, seed: 2 })).text).not.toBe(text);
  });

  test('writes whole lines, as many bytes as asked for, and counts them', async () => {
    const { written, text } = await generate({ kind, bytes: 500_000 });
    expect(written).toEqual({ bytes: text.length, lines: text.split('\n').length - 1 });
    expect(text.length).toBeGreaterThanOrEqual(500_000);
    expect(text.endsWith('\n')).toBe(true);
  });

  test('writes every line in the form of its kind', async () => {
    const { text } = await generate({ kind, bytes: 500_000, hitRate: 0.5 });
    expect(
      text
        .trimEnd()
        .split('\n')
        .filter((line) => !form.test(line)),
    ).toEqual([]);
  });

  test('ends lines with CR and LF if asked to, and says the same', async () => {
    const { written, text } = await generate({ kind, bytes: 100_000, crlf: true });
    const { text: plain } = await generate({ kind, bytes: 200_000 });
    expect(written.bytes).toBe(text.length);
    expect(text.match(/(?<!\r)\n/)).toBeNull();
    expect(plain.startsWith(text.replaceAll('\r\n', '\n'))).toBe(true);
  });

  test.each([0, 0.01, 0.05, 1])(
    'makes a share of %d of the lines an attack, and no other line looks like one',
    async (hitRate) => {
      const { text } = await generate({ kind, bytes: 2_000_000, hitRate });
      const lines = text.trimEnd().split('\n');
      const share = lines.filter((line) => attacks.test(line)).length / lines.length;
      if (hitRate === 0 || hitRate === 1) expect(share).toBe(hitRate);
      else expect(Math.abs(share - hitRate)).toBeLessThan(hitRate / 2);
    },
  );
});

test('generateApacheLog writes the kind apache', async () => {
  const file = path.join(dir, 'access.log');
  await generateApacheLog({ path: file, bytes: 100_000 });
  expect(readFileSync(file, 'latin1')).toBe((await generate({ kind: 'apache', bytes: 100_000 })).text);
});
