import { entry } from '../testing/entry.ts';
import { bpText } from './bp-text.ts';

const nowMs = 1_700_000_000_000 + 300_000;

test('a message is shown with age, size, id and sender, one recipient a line, and a blank line', () => {
  const recipients = [
    { address: 'd1@ok.test', isDelivered: true },
    { address: '"sp ace"@defer.test', isDelivered: false },
  ];
  expect(bpText(entry({ recipients }), nowMs)).toBe(
    ' 5m   351 1xVJLa-0005ku-09 <plain@x.test>\n        D d1@ok.test\n          "sp ace"@defer.test\n\n',
  );
});

test('a frozen bounce, and one that is frozen and being delivered', () => {
  const frozen = entry({ state: 'frozen', frozenSinceMs: nowMs, sender: '', isBounce: true, recipients: [] });
  expect(bpText(frozen, nowMs)).toBe(' 5m   351 1xVJLa-0005ku-09 <> *** frozen ***\n\n');
  expect(bpText({ ...frozen, state: 'delivering' }, nowMs)).toBe(bpText(frozen, nowMs));
});

test('a sender that an untrusted user chose has his login behind it', () => {
  const text = bpText(entry({ isSenderUntrusted: true, login: 'games', recipients: [], state: 'frozen' }), nowMs);
  expect(text).toBe(' 5m   351 1xVJLa-0005ku-09 <plain@x.test> (games) *** frozen ***\n\n');
});

test('the size is blank where it is 0 or not known', () => {
  const { sizeBytes: _, ...unknown } = entry({ recipients: [] });
  expect(bpText(unknown, nowMs)).toBe(' 5m       1xVJLa-0005ku-09 <plain@x.test>\n\n');
  expect(bpText(entry({ sizeBytes: 0, recipients: [] }), nowMs)).toBe(bpText(unknown, nowMs));
});

test('a damaged envelope, an unreadable file, damaged headers', () => {
  const envelope = entry({ state: 'damaged', problem: { kind: 'envelope', sizeBytes: 60, reason: 'x' } });
  expect(bpText(envelope, nowMs)).toBe('      1xVJLa-0005ku-09\n    *** spool format error: size=60 ***\n\n');
  const unread = entry({ state: 'damaged', problem: { kind: 'read', reason: 'Permission denied' } });
  expect(bpText(unread, nowMs)).toBe('      1xVJLa-0005ku-09\n    *** spool read error: Permission denied ***\n\n');
  const headers = entry({ problem: { kind: 'headers', sizeBytes: 859, reason: 'x' } });
  expect(bpText({ ...headers, state: 'frozen', recipients: [] }, nowMs)).toBe(
    ' 5m   351 1xVJLa-0005ku-09 <plain@x.test>\n    *** spool format error: size=859 *** *** frozen ***\n\n',
  );
  expect(bpText(headers, nowMs)).toBe(
    ' 5m   351 1xVJLa-0005ku-09 <plain@x.test>\n    *** spool format error: size=859 ***\n          you@defer.test\n\n',
  );
});
