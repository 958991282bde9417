import type { NamedFailure } from '@sluice/fail2ban-filter';
import { type Address, type Failure, parseAddress } from '@sluice/pipeline';
import { FailureFlow } from './failure-flow.ts';

const failure = (id: string): Failure => ({
  id,
  timeMs: 0,
  path: 'a.log',
  sourceId: 's',
  offset: 0,
  line: '',
  groups: {},
  pattern: 0,
});
const named = (hostName: string): NamedFailure => ({
  ...failure(''),
  hostName,
  resolve: (addresses) => addresses.map((address) => ({ ...failure(address.text), address })),
  giveUp() {},
});

interface Scene {
  readonly flow: FailureFlow;
  readonly decided: string[];
  readonly lost: string[];
  /** Lets the next name be known, or the next command answer. */
  readonly goOn: (() => void)[];
}

/** Ids that begin with `slow` have to wait for a command, `bad` throw, `late` reject. */
function scene(): Scene {
  const goOn: (() => void)[] = [];
  const decided: string[] = [];
  const lost: string[] = [];
  const wait = (then: () => void): Promise<void> => new Promise<void>((resolve) => goOn.push(resolve)).then(then);
  const addresses = [parseAddress('192.0.2.1'), parseAddress('2001:db8::1')] as Address[];
  const resolver = {
    addressesOf: () => wait(() => {}).then(() => addresses),
    nameOf: () => undefined,
  };
  const fail = (id: string): never => {
    throw new Error(id);
  };
  const decide = ({ id }: Failure): Promise<void> | undefined => {
    if (id.startsWith('bad')) fail(id);
    if (id.startsWith('late')) return wait(() => fail(id));
    if (id.startsWith('slow')) return wait(() => decided.push(id));
    decided.push(id);
    return undefined;
  };
  const flow = new FailureFlow(resolver, decide, ({ id }) => lost.push(id));
  return { flow, decided, lost, goOn };
}

test('decides at once where nothing has to be waited for', () => {
  const { flow, decided } = scene();
  flow.add(failure('a'));
  expect(decided).toEqual(['a']);
  expect(flow.settled).toBeUndefined();
});

test('is settled when the command has answered', async () => {
  const { flow, decided, goOn } = scene();
  flow.add(failure('slow'));
  const { settled } = flow;
  expect(settled).toBeInstanceOf(Promise);
  goOn[0]?.();
  await settled;
  expect(decided).toEqual(['slow']);
  expect(flow.settled).toBeUndefined();
});

test('a name that is looked up is decided before what came after it, once for each address', async () => {
  const { flow, decided, goOn } = scene();
  flow.add(named('host.example'));
  flow.add(failure('a'));
  expect(decided).toEqual([]);
  goOn[0]?.();
  await flow.settled;
  expect(decided).toEqual(['192.0.2.1', '2001:db8::1', 'a']);
});

test('names are looked up side by side', () => {
  const { flow, goOn } = scene();
  flow.add(named('one.example'));
  flow.add(named('two.example'));
  expect(goOn).toHaveLength(2);
});

test('a fault costs the failure that it is about, and no other', async () => {
  const { flow, decided, lost, goOn } = scene();
  for (const id of ['bad', 'late', 'a']) flow.add(failure(id));
  goOn[0]?.();
  await flow.settled;
  expect({ decided, lost }).toEqual({ decided: ['a'], lost: ['bad', 'late'] });
  expect(flow.settled).toBeUndefined();
});
