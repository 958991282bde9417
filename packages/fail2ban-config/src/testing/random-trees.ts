import fc from 'fast-check';

/** Files of a configuration folder, by path. */
export type Tree = Readonly<Record<string, string>>;

/** Options refer to those behind them in this list, so that most trees have no circles. */
const names = ['qa', 'qb', 'qc', 'mode', 'pre', 'tool'];
const base = names.map((name) => `${name}=${name.toUpperCase()}0\n`).join('');
const tails = [
  'x',
  'y z',
  'Foo',
  '100%%',
  'a=b',
  'k: v',
  '#no',
  'q;r',
  '"s t"',
  "'u'",
  'é',
  'cat <file',
  '>out',
  '\\d+',
];
const word = fc.constantFrom(...tails, '<HOST>', '<ip>', '<F-USER>');

function reference(option: string): fc.Arbitrary<string> {
  const index = names.indexOf(option);
  const later = index === -1 ? names : names.slice(index + 1);
  const some = later.length === 0 ? fc.constant('tool') : fc.constantFrom(...later);
  const plain = (make: (name: string) => string) => some.map((name) => (later.length === 0 ? 'w' : make(name)));
  const early = index < 1 ? ['%(sec/qb)s', '%(default/qb)s'] : [];
  const nested = index < 3 ? ['<lt_<mode>/x>', '<pre-<mode>>', '<qa-<tool>>'] : [];
  return fc.oneof(
    { weight: 3, arbitrary: plain((name) => `%(${name})s`) },
    { weight: 2, arbitrary: fc.constantFrom(option, ...later).map((name) => `%(known/${name})s`) },
    { weight: 1, arbitrary: fc.constantFrom(...early, '%(__name__)s', '%(sec/tool)s', '%(default/tool)s') },
    { weight: 4, arbitrary: plain((name) => `<${name}>`) },
    { weight: 2, arbitrary: fc.constantFrom(option, ...later).map((name) => `<known/${name}>`) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('<sec/tool>', '<default/tool>', ...nested, '<name>', '<actname>', '<nope>'),
    },
  );
}

function value(option: string): fc.Arbitrary<string> {
  const piece = fc.oneof({ weight: 4, arbitrary: word }, { weight: 2, arbitrary: reference(option) });
  const line = fc.array(piece, { maxLength: 3 }).map((pieces) => pieces.join(' '));
  return fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n    '));
}

const comment = fc.constantFrom('', '', '', ' ; c', '\n# c', '\n');
const sign = fc.constantFrom(' = ', '=', ': ');

function options(...pool: readonly string[]): fc.Arbitrary<string> {
  const option = fc
    .constantFrom(...names, ...pool)
    .chain((name) => fc.tuple(fc.constant(name), sign, value(name), comment));
  return fc
    .uniqueArray(option, { maxLength: 5, selector: ([name]) => name.toLowerCase() })
    .map((all) => all.map((parts) => `${parts.join('')}\n`).join(''));
}

const given = ['v1', '"v 2"', "'v,3'", '"<known/qa>"', '"<qb> w"', '%(qc)s', '"%(known/qa)s"', '"x<mode>"', ''];
const args = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...names, 'name', 'failregex', 'actionban'), fc.constantFrom(...given)), {
    maxLength: 3,
    selector: ([name]) => name,
  })
  .map((all) => (all.length === 0 ? '' : `[${all.map((pair) => pair.join('=')).join(', ')}]`));

const section = (name: string, text: string): string => `[${name}]\n${text}`;
const ofFilter = options('failregex', 'ignoreregex', 'prefregex', 'datepattern', 'Pre-x', 'pre-y', 'lt');
const ofAction = options('actionban', 'actionunban', 'actionstart', 'actionflush', 'actioncheck', 'qa-x', 'pre-x');
const ofJail = options('failregex', 'ignoreregex', 'datepattern', 'ignorecommand', 'bantime.factor', 'port');
const own = options();

/** Small configurations that use all ways of reference and all kinds of files, two jails with one filter and one action. */
export const randomTree: fc.Arbitrary<Tree> = fc
  .record({
    jail: fc.tuple(ofJail, ofJail, ofJail, ofJail),
    defaults: fc.tuple(own, own, own),
    filter: fc.tuple(ofFilter, own, ofFilter, ofFilter),
    action: fc.tuple(ofAction, own, own, ofAction, own),
    other: fc.tuple(own, value('zz')),
    args: fc.tuple(args, args, args),
  })
  .map(({ jail, defaults, filter, action, other, args: [filterArgs, actionArgs, secondArgs] }) => ({
    'fail2ban.conf': '[Definition]\nloglevel=INFO\nlogtarget=STDOUT\n',
    'jail.conf':
      `[DEFAULT]\n${base}enabled=true\nlogpath=/x\nfilter = f${filterArgs}\naction = a${actionArgs}\n` +
      section('j', jail[0]) +
      // One filter in two jails with other arguments is told apart badly by fail2ban, which keeps what the first one had.
      section('k', `filter =\naction = a${secondArgs}\n`) +
      section('sec', `enabled=false\n${other[0]}`),
    'jail.d/x.conf': section('DEFAULT', defaults[0]) + section('j', jail[1]) + section('k', jail[2]),
    'jail.local': section('DEFAULT', defaults[1]) + section('j', jail[3]),
    'filter.d/common.conf':
      section('DEFAULT', base) + section('Definition', filter[0]) + section('lt_x', `x = ${other[1]}\n`),
    'filter.d/f.conf':
      '[INCLUDES]\nbefore = common.conf\n' +
      section('DEFAULT', defaults[2]) +
      section('Definition', filter[2]) +
      section('Init', filter[1]) +
      section('sec', other[0]),
    'filter.d/f.local': section('Definition', filter[3]),
    'action.d/a.conf':
      section('DEFAULT', base) +
      section('Definition', action[0]) +
      section('Init', action[1]) +
      section('Init?family=inet6', action[2]) +
      section('sec', other[0]),
    'action.d/a.local': section('Definition', action[3]) + section('Init', action[4]),
  }));
