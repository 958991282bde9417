import { appendFileSync, copyFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { tempFolder } from '../../../tools/testing/temp-folder.ts';
import { until } from '../../../tools/testing/until.ts';
import { follow, stopAll } from './testing/collected.ts';

const temp = tempFolder();
afterEach(stopAll);

const text = fc
  .array(fc.constantFrom('a', 'bc', '\n', '\r\n', '\0', 'é', 'x'.repeat(200)), { minLength: 1, maxLength: 12 })
  .map((parts) => parts.join(''));
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ act: fc.constant('append' as const), text }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('rename' as const) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('copytruncate' as const) }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('wait' as const), turns: fc.integer({ min: 1, max: 9 }) }) },
);
const options = { pollIntervalMs: 2, sweepIntervalMs: 20, rotateWaitMs: 10, maxLineBytes: 2000, chunkBytes: 1024 };

test('hands out every byte that was written, once and in order, however it is written and rotated', async () => {
  let run = 0;
  const property = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), async (steps) => {
    run += 1;
    const log = temp(`${run}.log`);
    // Each file begins with a line of its own, as logs do: equal files cannot be told from copies.
    const head = (): string => `file ${run} ${files.length}`;
    const files = [''];
    const append = (more: string): void => {
      appendFileSync(log, more);
      files.push(`${files.pop()}${more}`);
    };
    writeFileSync(log, '');
    append(`${head()}\n`);
    const got = follow(log, options);
    await got.line(head());
    for (const one of steps) {
      if (one.act === 'append') append(one.text);
      else if (one.act === 'wait') for (let turns = one.turns; turns > 0; turns -= 1) await turn();
      else {
        const rotated = `${log}.${1000 - files.length}`;
        if (one.act === 'rename') renameSync(log, rotated);
        else {
          // What nobody has begun to read cannot be known again in a copy.
          await got.line(head());
          copyFileSync(log, rotated);
          truncateSync(log);
        }
        files.push('');
        append(`${head()}\n`);
      }
    }
    append('\nend\n');
    const total = Buffer.byteLength(files.join(''));
    const emitted = (): number => got.metrics.get('log_source_emitted_bytes_total');
    await until(
      () => emitted() >= total,
      () => ({ total, emitted: emitted(), rejects: got.rejects }),
    );
    got.stop();
    expect(got.bySource().map(String)).toEqual(files);
    expect(got.codes).toEqual([]);
  });
  await fc.assert(property, { numRuns: 40, endOnFailure: true });
});
