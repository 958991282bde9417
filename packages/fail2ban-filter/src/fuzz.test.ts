import { isDeepStrictEqual } from 'node:util';
import { fixedClock, type Reject } from '@sluice/pipeline';
import fc from 'fast-check';
import { describeWith } from '../../../tools/testing/describe-with.ts';
import { compileFilter } from './compile-filter.ts';
import { ownId } from './ids/failure-id.ts';
import { corpusNowMs, corpusZone } from './testing/corpus-time.ts';
import {
  addressOfName,
  askFail2ban,
  type FilterAnswer,
  type FilterQuestion,
  fail2ban,
} from './testing/fail2ban-oracle.ts';
import { filterQuestions } from './testing/generate-filters.ts';

/** How many filters are compared; a long run is `SLUICE_FUZZ_RUNS=20000`. */
const runs = Number(process.env['SLUICE_FUZZ_RUNS'] ?? 300);
const seed = Number(process.env['SLUICE_FUZZ_SEED'] ?? Date.now() % 2 ** 31);

/** Groups that fail2ban, or we, keep to ourselves. */
const inner = /^(?:nofail|mlf(?!id).*|skiplines\d+|content)$/;

const outer = (groups: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(groups).filter(([name]) => !inner.test(name)));

/**
 * An id in our text: the C library writes `::255.255.1.146` where RFC 5952 has `::ffff:192`, and with `usedns = raw`
 * fail2ban leaves addresses as they are.
 */
function canonical(id: string): string {
  const own = ownId(id);
  return own.kind === 'id' ? own.id : id;
}

/** What our filter makes of each line; `rejected` where it refuses to count a match on purpose. */
function ours(question: FilterQuestion): readonly (FilterAnswer[] | 'rejected')[] {
  const { lines, mode, ...source } = question;
  const rejects: Reject[] = [];
  const found: FilterAnswer[] = [];
  const filter = compileFilter(source, {
    clock: fixedClock(corpusNowMs),
    timeZone: corpusZone,
    logTimezone: source.logTimezone,
    useDns: source.useDns,
    findTimeMs: mode === 'test' ? undefined : 600_000,
    rejects: { next: (reject) => rejects.push(reject) },
    names: ({ hostName, pattern, timeMs, groups }) => {
      const id = addressOfName(hostName);
      if (id !== undefined) found.push({ pattern, id, time: timeMs / 1000, groups: outer(groups) });
    },
  });
  return lines.map((line) => {
    rejects.length = 0;
    found.length = 0;
    const failure = filter.processLine(line, { live: mode === 'live' });
    if (rejects.some(({ code }) => code === 'ERR_FAIL2BAN_FILTER_ADDRESS')) return 'rejected';
    if (failure === undefined) return [...found];
    const { id, pattern, timeMs, groups } = failure;
    return [{ pattern, id, time: timeMs / 1000, groups: outer(groups) }];
  });
}

describeWith([fail2ban], 'random filters', () => {
  test('find what fail2ban finds, line by line', () => {
    const questions = fc.sample(filterQuestions, { numRuns: runs, seed });
    const answers = askFail2ban(questions);
    let compared = 0;
    for (const [index, question] of questions.entries()) {
      const theirs = answers[index] ?? [];
      for (const [line, our] of ours(question).entries()) {
        const their = theirs[line] ?? [];
        // An address that is not valid, or an id that fail2ban loses the line to, is refused here.
        if (our === 'rejected' || typeof their === 'string') break;
        const expected = their.map(({ pattern, id, time, groups }) => ({
          pattern,
          id: canonical(id),
          time: time ?? corpusNowMs / 1000,
          groups: outer(groups),
        }));
        // The whole question is what a reader needs of a difference.
        if (!isDeepStrictEqual(our, expected))
          throw new Error(
            `SLUICE_FUZZ_SEED=${seed}: ${JSON.stringify({ line, our, expected, question }, undefined, 1)}`,
          );
        compared += expected.length;
      }
    }
    expect(compared).toBeGreaterThan(runs / 4);
  });
});
