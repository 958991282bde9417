import { randomBytes } from 'node:crypto';
import { describeWith, program } from '../../../../tools/testing/describe-with.ts';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { until } from '../../../../tools/testing/until.ts';
import { DatagramListener } from '../testing/datagram-listener.ts';
import { openNotifier } from './notifier.ts';
import { openServiceManager } from './service-manager.ts';

const temp = tempFolder();
const supervised = (more: object = {}) => ({
  status: () => 'fine',
  isHealthy: () => true,
  failed: (reason: string) => {
    throw new Error(reason);
  },
  ...more,
});

let listener: DatagramListener | undefined;
afterEach(async () => {
  await listener?.close();
  listener = undefined;
});

const abstractName = (): string => `@banwatchd-test-${randomBytes(8).toString('hex')}`;

describeWith([program('python3')], 'the service manager', () => {
  test.each([
    ['a socket in a folder', () => temp('notify')],
    ['an abstract socket', abstractName],
  ])('is told by %s of readiness, of a reload with its time, and of the end', async (_, addressOf) => {
    const address = addressOf();
    listener = await DatagramListener.open(address);
    const env = { NOTIFY_SOCKET: address, OTHER: 'stays' };
    const manager = await openServiceManager(supervised(), env);
    expect(env).toEqual({ OTHER: 'stays' });
    await manager.ready();
    const before = process.hrtime.bigint() / 1000n;
    await manager.reloading();
    const after = process.hrtime.bigint() / 1000n;
    await manager.ready();
    await manager.stopping();
    await manager.close();
    await listener.until('STOPPING');
    const [ready, reloading = '', again, stopping] = listener.received;
    expect([ready, again, stopping]).toEqual([
      'READY=1\nSTATUS=fine',
      'READY=1\nSTATUS=fine',
      'STOPPING=1\nSTATUS=Stopping',
    ]);
    const [, time] = /^RELOADING=1\nMONOTONIC_USEC=(\d+)$/.exec(reloading) ?? [];
    expect(BigInt(time ?? 0)).toBeGreaterThanOrEqual(before);
    expect(BigInt(time ?? 0)).toBeLessThanOrEqual(after);
  });

  test('that watches gets signs of life while all is well, and none while it is not', async () => {
    const address = abstractName();
    listener = await DatagramListener.open(address);
    let isHealthy = false;
    let asked = 0;
    const status = () => `asked ${asked}`;
    const health = () => {
      asked += 1;
      return isHealthy;
    };
    const env = { NOTIFY_SOCKET: address, WATCHDOG_USEC: '20000', WATCHDOG_PID: String(process.pid) };
    const manager = await openServiceManager(supervised({ status, isHealthy: health }), env);
    await until(() => asked >= 3);
    await listener.until('asked 2');
    expect(listener.received.join()).not.toContain('WATCHDOG');
    isHealthy = true;
    await listener.until('WATCHDOG=1');
    await manager.close();
  });

  test('that watches another process gets none', async () => {
    const address = abstractName();
    listener = await DatagramListener.open(address);
    let asked = 0;
    const env = { NOTIFY_SOCKET: address, WATCHDOG_USEC: '10000', WATCHDOG_PID: '1' };
    const isHealthy = () => {
      asked += 1;
      return true;
    };
    const manager = await openServiceManager(supervised({ isHealthy }), env);
    await manager.ready();
    await listener.until('READY');
    await manager.close();
    expect([asked, listener.received]).toEqual([0, ['READY=1\nSTATUS=fine']]);
  });

  test('is not told more than one line by a status', async () => {
    const address = abstractName();
    listener = await DatagramListener.open(address);
    const manager = await openServiceManager(supervised({ status: () => 'a\nSTOPPING=1\u0000b' }), {
      NOTIFY_SOCKET: address,
    });
    await manager.ready();
    await listener.until('READY');
    await manager.close();
    expect(listener.received).toEqual(['READY=1\nSTATUS=a STOPPING=1 b']);
  });

  test('that is gone is reported once, and harms nobody', async () => {
    const reasons: string[] = [];
    const failed = (reason: string) => reasons.push(reason);
    const manager = await openServiceManager(supervised({ failed }), { NOTIFY_SOCKET: temp('nobody') });
    await manager.ready();
    await manager.stopping();
    await manager.close();
    expect(reasons).toEqual([expect.stringMatching(/errno 2\b/)]);
  });
});

test.each([undefined, '', 'vsock:2:1234', '/'])('nobody listens at %p', async (address) => {
  const failed = (reason: string) => {
    throw new Error(reason);
  };
  const manager = await openServiceManager(supervised({ failed }), { NOTIFY_SOCKET: address });
  await manager.ready();
  await manager.close();
});

describeWith([program('python3'), program('systemd-notify', 'systemd')], 'without koffi', () => {
  test('the program systemd-notify tells it', async () => {
    const address = abstractName();
    listener = await DatagramListener.open(address);
    const notifier = await openNotifier(address, { open: async () => undefined });
    expect(await notifier.notify({ READY: 1, STATUS: 'two words' })).toBeUndefined();
    await listener.until('READY=1');
    await notifier.close();
    expect(listener.received[0]).toContain('READY=1\nSTATUS=two words');
  });

  test('and where that is missing, it is said why', async () => {
    const notifier = await openNotifier('@x', { open: async () => undefined, program: '/nonexistent/systemd-notify' });
    expect(await notifier.notify({ READY: 1 })).toMatch(/could not tell it: .*ENOENT.*install koffi or systemd/);
    await notifier.close();
  });
});
