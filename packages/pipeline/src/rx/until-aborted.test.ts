import { NEVER, Observable, of } from 'rxjs';
import { untilAborted } from './until-aborted.ts';

describe('untilAborted', () => {
  test('completes and unsubscribes when the signal aborts', () => {
    const abort = new AbortController();
    const seen: string[] = [];
    const source = new Observable<never>(() => () => seen.push('source closed'));
    source.pipe(untilAborted(abort.signal)).subscribe({ complete: () => seen.push('complete') });
    abort.abort();
    expect(seen).toEqual(['complete', 'source closed']);
  });

  test('never subscribes when the signal has aborted already', () => {
    let subscribed = false;
    let completed = false;
    new Observable(() => {
      subscribed = true;
    })
      .pipe(untilAborted(AbortSignal.abort()))
      .subscribe({
        complete: () => {
          completed = true;
        },
      });
    expect([subscribed, completed]).toEqual([false, true]);
  });

  test('passes values through, with and without a signal', () => {
    const seen: number[] = [];
    of(1, 2)
      .pipe(untilAborted(new AbortController().signal))
      .subscribe((n) => seen.push(n));
    of(3)
      .pipe(untilAborted(undefined))
      .subscribe((n) => seen.push(n));
    expect(seen).toEqual([1, 2, 3]);
  });

  test('leaves no listener behind on a long-lived signal', () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners += 1;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...args);
    };
    of(1).pipe(untilAborted(signal)).subscribe();
    NEVER.pipe(untilAborted(signal)).subscribe().unsubscribe();
    expect(listeners).toBe(0);
  });
});
