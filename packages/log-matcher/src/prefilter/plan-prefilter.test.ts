import { EngineMemory } from '../engine/engine-memory.ts';
import { parsePattern } from '../python-regex/parse.ts';
import { loadPrefilter } from './load-prefilter.ts';
import { modelLog } from './model-log.ts';
import { offerLiterals } from './offer-literals.ts';
import { planPrefilter } from './plan-prefilter.ts';
import { cellsOf } from './testing/cells-of.ts';
import { PrefilterScanner } from './testing/prefilter-scanner.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const textsOf = (pattern: string, sample?: Uint8Array): readonly string[] | undefined =>
  planPrefilter([offerLiterals(parsePattern(pattern).root)], { cuts: 'none', ...(sample && { sample }) }).texts[0];

const names = (count: number): readonly string[] => Array.from({ length: count }, (_, id) => `/evil-${id * 7919}.php`);
const offersOf = (texts: readonly string[]): ReturnType<typeof offerLiterals>[] =>
  texts.map((text) => [[cellsOf(text)]]);

describe('a plan', () => {
  test('takes the literals that are rare in logs, not those that are long', () => {
    expect(textsOf('Mozilla/5\\.0 \\(Windows NT .* quokka')).toEqual([' quokka']);
    expect(textsOf('sshd\\[\\d+\\]: Failed password for .* numbat')).toEqual([' numbat']);
    expect(textsOf('"(?:GET|POST) /\\S*kowari')).toEqual(['kowari']);
  });

  test('takes those that are rare in the sample', () => {
    const sample = encode('the quokka jumps over the lazy wombat\n'.repeat(2000));
    expect(textsOf('quokka .* Failed password', sample)).toEqual([' Failed password']);
    expect(textsOf('quokka .* Failed password')).toEqual(['quokka ']);
  });

  test('finds the same after a way through JSON', () => {
    const plan = planPrefilter([...offersOf(names(50)), []], { cuts: 'none' });
    const copy = JSON.parse(JSON.stringify(plan)) as typeof plan;
    const bytes = encode('a\nb /evil-7919.php\n\nc');
    expect(new PrefilterScanner(copy).scan(bytes)).toEqual(new PrefilterScanner(plan).scan(bytes));
  });

  test('is the same each time', () => {
    const plan = (): unknown => planPrefilter(offersOf(names(100)), { cuts: 'any' });
    expect(plan()).toEqual(plan());
  });

  test('looks for a few literals by their low nibbles, and for many by their hash', () => {
    expect(planPrefilter(offersOf(['perl post', 'rk q kangen']), { cuts: 'none' }).kernel).toMatch(/^nibble|^hash8/);
    expect(planPrefilter(offersOf(names(500)), { cuts: 'none' }).kernel).toMatch(/^hash/);
  });

  test('gives short literals a kernel of their own where they would slow down the others', () => {
    const long = Array.from({ length: 300 }, (_, id) => `${((id + 1) * 2654435761 * 31).toString(36)}xyz`);
    const { groups } = planPrefilter(offersOf([...long, '\0\x01']), { cuts: 'none' });
    expect(groups.map(({ needles }) => needles.length)).toEqual([300, 1]);
  });

  test('expects as many candidates and lines as there are in what it was made from', () => {
    const log = modelLog();
    const plan = planPrefilter(offersOf(['Failed password', 'Googlebot']), { cuts: 'none', sample: log });
    const scanner = new PrefilterScanner(plan);
    scanner.scan(log);
    const perMb = (count: number): number => (count * 1e6) / log.length;
    const { candidates, lines } = scanner.counters;
    expect(plan.estimatedLinesPerMb / perMb(lines)).toBeGreaterThan(0.5);
    expect(plan.estimatedLinesPerMb / perMb(lines)).toBeLessThan(2);
    expect(plan.estimatedCandidatesPerMb / perMb(candidates)).toBeGreaterThan(0.5);
    expect(plan.estimatedCandidatesPerMb / perMb(candidates)).toBeLessThan(2);
  });

  test('of no pattern lists nothing', () => {
    expect(planPrefilter([], { cuts: 'none' })).toMatchObject({ kernel: 'none', groups: [], always: [] });
  });
});

describe('loading', () => {
  test('a plan in the place of another takes no more memory when it fits in', () => {
    const memory = new EngineMemory(1 << 24);
    const large = planPrefilter(offersOf(names(500)), { cuts: 'none' });
    const small = planPrefilter(offersOf(names(5)), { cuts: 'none' });
    const first = loadPrefilter(large, memory);
    const used = memory.usedBytes;
    expect(loadPrefilter(small, memory, first)).toBe(first);
    expect(loadPrefilter(large, memory, first)).toBe(first);
    expect(memory.usedBytes).toBe(used);
  });

  test('a plan in the place of another finds what it finds alone', () => {
    const plans = [500, 5, 50].map((count) => planPrefilter(offersOf(names(count)), { cuts: 'none' }));
    const scanner = new PrefilterScanner(plans[0] as (typeof plans)[number]);
    const bytes = encode(names(500).join('\n'));
    for (const plan of plans) {
      scanner.descriptor = loadPrefilter(plan, scanner.memory, scanner.descriptor);
      expect(scanner.scan(bytes)).toEqual(new PrefilterScanner(plan).scan(bytes));
    }
  });

  test('is refused with the size where the bound is reached', () => {
    const plan = planPrefilter(offersOf(names(500)), { cuts: 'none' });
    expect(() => loadPrefilter(plan, new EngineMemory(65_536))).toThrow(
      expect.objectContaining({ code: 'ERR_LOG_MATCHER_MEMORY' }),
    );
  });
});
