import { isDeepStrictEqual } from 'node:util';
import { type Failure, fixedClock, type Reject } from '@sluice/pipeline';
import fc from 'fast-check';
import { describeWith, testWith } from '../../../tools/testing/describe-with.ts';
import { corpus } from '../../../tools/testing/fail2ban-corpus.ts';
import { compileFilter } from './compile-filter.ts';
import { ownId } from './ids/failure-id.ts';
import { chunkOf } from './testing/chunks.ts';
import { corpusNowMs, corpusZone } from './testing/corpus-time.ts';
import {
  addressOfName,
  askFail2ban,
  type FilterAnswer,
  type FilterQuestion,
  fail2ban,
} from './testing/fail2ban-oracle.ts';
import { dateQuestions } from './testing/generate-dated-lines.ts';
import { filterQuestions } from './testing/generate-filters.ts';
import { mangledQuestions } from './testing/generate-mangled-lines.ts';

/** How many filters are compared. A long run, `SLUICE_FUZZ_RUNS=20000`, takes others each time; the usual one does not. */
const asked = process.env['SLUICE_FUZZ_RUNS'];
const runs = Number(asked ?? 300);
const seed = Number(process.env['SLUICE_FUZZ_SEED'] ?? (asked === undefined ? 1 : Date.now() % 2 ** 31));

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

/** Our filter, and what it has found so far. */
function open({ mode, lines: _, ...source }: FilterQuestion) {
  const rejects: Reject[] = [];
  const found: FilterAnswer[] = [];
  const filter = compileFilter(source, {
    clock: fixedClock(corpusNowMs),
    timeZone: corpusZone,
    logTimezone: source.logTimezone,
    useDns: source.useDns,
    findTimeMs: mode === 'test' ? undefined : 600_000,
    rejects: { next: (reject) => rejects.push(reject) },
    names: ({ hostName, ...rest }) => {
      const id = addressOfName(hostName);
      if (id !== undefined) add({ id, ...rest });
    },
  });
  const add = ({ id, pattern, timeMs, groups }: Pick<Failure, 'id' | 'pattern' | 'timeMs' | 'groups'>): void => {
    found.push({ pattern, id, time: timeMs / 1000, groups: outer(groups) });
  };
  return { filter, rejects, found, add };
}

/** What our filter makes of each line; `rejected` where it refuses to count a match on purpose. */
function askByLine(question: FilterQuestion): readonly (readonly FilterAnswer[] | 'rejected')[] {
  const { filter, rejects, found, add } = open(question);
  return question.lines.map((line) => {
    rejects.length = 0;
    found.length = 0;
    const failure = filter.processLine(line, { live: question.mode === 'live' });
    if (rejects.some(({ code }) => code === 'ERR_FAIL2BAN_FILTER_ADDRESS')) return 'rejected';
    if (failure !== undefined) add(failure);
    return [...found];
  });
}

/** The same, of lines that come in chunks. */
function askByChunks(question: FilterQuestion): readonly (readonly FilterAnswer[])[] {
  const { filter, found, add } = open(question);
  return question.lines.map((line) => {
    found.length = 0;
    filter.process(chunkOf(`${line}\n`), add);
    return [...found];
  });
}

/** What fail2ban found in a line, in our terms. */
const inOurTerms = (answers: readonly FilterAnswer[]): readonly FilterAnswer[] =>
  answers.map(({ pattern, id, time, groups }) => ({
    pattern,
    // Of an id with a slash that is no network fail2ban keeps what is before the slash, or loses the line.
    id: canonical(groups['fid']?.includes('/') === true ? groups['fid'] : id),
    // Ours are whole seconds, also of an EPOCH with a fraction.
    time: Math.floor(time ?? corpusNowMs / 1000),
    groups: outer(groups),
  }));

/** Asks fail2ban and ours, and fails with the first question that they do not agree on. Returns how much was compared. */
function compare(
  questions: readonly FilterQuestion[],
  ask: (question: FilterQuestion) => readonly (readonly FilterAnswer[] | 'rejected')[],
): number {
  const answers = askFail2ban(questions);
  let compared = 0;
  for (const [index, question] of questions.entries()) {
    for (const [line, our] of ask(question).entries()) {
      const their = answers[index]?.[line] ?? [];
      // An address that is not valid, or a line that fail2ban loses to an exception, is something else here.
      if (our === 'rejected' || typeof their === 'string') break;
      const expected = inOurTerms(their);
      // The whole question is what a reader needs of a difference.
      if (!isDeepStrictEqual(our, expected))
        throw new Error(`SLUICE_FUZZ_SEED=${seed}: ${JSON.stringify({ line, our, expected, question }, undefined, 1)}`);
      compared += expected.length;
    }
  }
  return compared;
}

describeWith([fail2ban], 'random filters and lines', () => {
  test('give the failures that fail2ban finds', () => {
    expect(compare(fc.sample(filterQuestions, { numRuns: runs, seed }), askByLine)).toBeGreaterThan(runs / 4);
  });

  testWith([corpus], 'give the failures of its own filters in mangled sample lines', () => {
    const questions = fc.sample(mangledQuestions(), { numRuns: runs / 3, seed });
    expect(compare(questions, askByLine)).toBeGreaterThan(runs / 4);
  });

  test.each([
    ['line by line', askByLine],
    ['in chunks', askByChunks],
  ])('have their dates read and cut out as fail2ban does, %s', (_, ask) => {
    expect(compare(fc.sample(dateQuestions, { numRuns: runs / 3, seed }), ask)).toBeGreaterThan(runs);
  });
});
