import { conformanceTable } from './table.mjs';

test('counts each golden, and names what differs on purpose and what failed', () => {
  const lines = conformanceTable([
    {
      golden: 'cases.jsonl',
      passed: 10,
      failed: [],
      known: ['a', 'b'].map((what) => ({ what, reason: 'no address' })),
    },
    { golden: 'addr.json', passed: 2, failed: ['x: expected 1, came 2'], known: [] },
  ]);
  expect(lines).toEqual([
    'golden       passed  failed  known difference',
    'addr.json         2       1                 0',
    'cases.jsonl      10       0                 2',
    'all              12       1                 2',
    'Known difference, cases.jsonl: no address',
    '  a, b',
    'FAILED addr.json: x: expected 1, came 2',
  ]);
});
