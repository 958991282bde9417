import { markdownTable, textTable } from './table.mjs';

const compared = {
  row: {
    bench: 'log-matcher',
    name: 'failures',
    metric: 'lines per CPU second',
    ours: 1_234_567,
    theirs: 51_000,
    ratio: 24.207,
    target: 5,
    met: true,
  },
  unit: 'lines/s',
  better: /** @type {const} */ ('higher'),
  peer: 'fail2ban-regex',
  runs: 5,
  times: { ours: { wallMs: 1, cpuMs: 1 }, theirs: { wallMs: 1, cpuMs: 1 } },
};
const slower = {
  ...compared,
  row: {
    ...compared.row,
    name: 'start',
    metric: 'start | stop',
    ours: 61.04,
    theirs: 30,
    ratio: 0.4915,
    target: 1,
    met: false,
  },
  unit: 'ms',
};
const alone = {
  row: {
    bench: 'log-source',
    name: 'follow',
    metric: 'latency',
    ours: 0.5,
    theirs: null,
    ratio: null,
    target: null,
    met: null,
  },
  unit: 'ms',
  better: /** @type {const} */ ('lower'),
  peer: null,
  runs: 5,
  times: { ours: { wallMs: 1, cpuMs: 1 }, theirs: null },
};

test('text columns are aligned, words left and numbers right', () => {
  expect(textTable([compared, slower, alone]).split('\n')).toEqual([
    'name                  metric                                                    ours          theirs   ratio  target  met',
    'log-matcher/failures  lines per CPU second against fail2ban-regex  1,235,000 lines/s  51,000 lines/s   24.2×      5×  yes',
    'log-matcher/start     start | stop against fail2ban-regex                      61 ms           30 ms  0.492×      1×   no',
    'log-source/follow     latency                                                 0.5 ms               –       –       –    –',
  ]);
});

test('a table in Markdown says the same and keeps its columns', () => {
  expect(markdownTable([slower, alone]).split('\n')).toEqual([
    '| name | metric | ours | theirs | ratio | target | met |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: |',
    '| log-matcher/start | start \\| stop against fail2ban-regex | 61 ms | 30 ms | 0.492× | 1× | no |',
    '| log-source/follow | latency | 0.5 ms | – | – | – | – |',
  ]);
});
