import { deliveryWords } from './delivery-words.ts';

const id = '1xVV23-0002Os-2S';
const words = (...lines: readonly string[]): ReturnType<typeof deliveryWords> =>
  deliveryWords(`${lines.join('\n')}\n`, id);

describe('deliveryWords', () => {
  test('counts what was delivered, failed and deferred, and leaves the bounce out', () => {
    expect(
      words(
        `delivering ${id}`,
        'LOG: MAIN',
        '  ** e@fail.test R=fail: no such user',
        'LOG: MAIN',
        '  == b@defer.test R=rest defer (-1): nothing leaves this machine',
        'LOG: MAIN',
        '  => c <c@ok.test> R=ok T=devnull',
        'LOG: MAIN',
        '  -> d <d@ok.test> R=ok T=devnull',
        'LOG: MAIN',
        `  <= <> R=${id} U=Debian-exim P=local S=1481`,
        'delivering 1xVV23-0002P3-2W',
        'LOG: MAIN',
        '  => a@x.test R=rest T=devnull',
        'LOG: MAIN',
        '  Completed',
      ),
    ).toMatchObject({
      delivered: 2,
      failed: 1,
      reason: 'b@defer.test R=rest defer (-1): nothing leaves this machine',
      isCompleted: false,
      isLocked: false,
    });
  });

  test('a message that another process handles', () => {
    const locked = words(
      `delivering ${id}`,
      'LOG: skip_delivery MAIN',
      `  Spool file for ${id} is locked (another process is handling this message)`,
    );
    expect(locked.isLocked).toBe(true);
  });

  test('a message that is not there', () => {
    expect(words(`delivering ${id}`, 'LOG: MAIN', `  Spool file ${id}-D not found`).isMissing).toBe(true);
  });

  test('given up, and frozen', () => {
    expect(words(`delivering ${id}`, 'LOG: MAIN', '  cancelled by root', 'LOG: MAIN', '  Completed')).toMatchObject({
      isCancelled: true,
      isCompleted: true,
    });
    expect(words('LOG: MAIN', '  Frozen (delivery error message)').isFrozen).toBe(true);
  });

  test('an SMTP dialogue cannot pass for the log', () => {
    const forged = words(
      `delivering ${id}`,
      'Connecting to mx.h.test [192.0.2.7]:25 ... connected',
      '  SMTP<< 250 LOG: MAIN',
      '         => x@h.test',
      '  Completed',
    );
    expect(forged).toMatchObject({ delivered: 0, isCompleted: false });
  });

  test('what Exim says outside of the log is kept', () => {
    expect(words('exim: Permission denied').last).toBe('exim: Permission denied');
  });
});
