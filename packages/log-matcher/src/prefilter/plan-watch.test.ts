import { planPrefilter } from './plan-prefilter.ts';
import { PlanWatch } from './plan-watch.ts';
import { cellsOf } from './testing/cells-of.ts';
import { PrefilterScanner } from './testing/prefilter-scanner.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const plan = planPrefilter([[[cellsOf('quokka')], [cellsOf('wombat')]]], { cuts: 'none' });
const usual = encode('all is as it should be, or so it seems\n'.repeat(10_000));
const flood = encode('quokka quokka\n'.repeat(30_000));

describe('a plan', () => {
  test('is kept while the log is as expected', () => {
    const scanner = new PrefilterScanner(plan);
    const watch = new PlanWatch(plan);
    for (let i = 0; i < 5; i++) {
      scanner.scan(usual);
      expect(watch.isOutdated(scanner.counters)).toBe(false);
    }
  });

  test('is outdated once what it looks for has become common', () => {
    const scanner = new PrefilterScanner(plan);
    const watch = new PlanWatch(plan);
    scanner.scan(usual);
    expect(watch.isOutdated(scanner.counters)).toBe(false);
    scanner.scan(flood);
    expect(watch.isOutdated(scanner.counters)).toBe(true);
  });

  test('is replaced by one that suits the log', () => {
    const again = planPrefilter([[[cellsOf('quokka')], [cellsOf('wombat')]]], { cuts: 'none', sample: flood });
    expect(again.texts).toEqual([['wombat']]);
    const scanner = new PrefilterScanner(again);
    scanner.scan(flood);
    expect(new PlanWatch(again).isOutdated(scanner.counters)).toBe(false);
  });

  test('is outdated at most once for each doubling of the bytes, whatever the log does', () => {
    const watch = new PlanWatch(plan);
    let replans = 0;
    let counted = 0;
    for (let scans = 0; scans < 1000; scans++) {
      counted += 1_000_000;
      const terrible = { candidates: counted, steps: counted, confirmed: counted, lines: counted, bytes: counted };
      if (!watch.isOutdated(terrible)) continue;
      replans += 1;
      counted = 0;
      watch.replanned(plan);
    }
    expect(replans).toBe(10);
  });

  test('is judged by differences, so that counters may wrap around', () => {
    const watch = new PlanWatch(plan);
    const near = 2 ** 32 - 1000;
    const counters = { candidates: near, steps: near, confirmed: near, lines: near, bytes: near };
    watch.isOutdated(counters);
    watch.replanned(plan);
    const quiet = { candidates: 10, steps: 10, confirmed: 0, lines: 0, bytes: 2 ** 32 - 1 };
    expect(watch.isOutdated(quiet)).toBe(false);
    expect(watch.isOutdated({ ...quiet, bytes: 500_000 })).toBe(false);
  });
});
