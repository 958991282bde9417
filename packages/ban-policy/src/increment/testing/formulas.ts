import fc from 'fast-check';

const literal = fc.oneof(
  fc.integer({ min: 0, max: 40 }).map(String),
  fc.constantFrom(
    '0',
    '1',
    '2',
    '3',
    '10',
    '1000000',
    '0.5',
    '1.5',
    '2.5',
    '1e3',
    '.25',
    '3.',
    '1_000',
    '0x1F',
    '1e300',
    '9007199254740993',
  ),
  fc.constantFrom('ban.Time', 'ban.Count', 'banFactor', 'math.pi', 'math.e', 'True', 'False'),
);

/** Expressions in Python's arithmetic, spaced and nested at random, that need no huge numbers. */
export const formulas: fc.Arbitrary<string> = fc.letrec<{ any: string }>((tie) => {
  const any = tie('any');
  const operator = fc.constantFrom(
    '+',
    '-',
    '*',
    '/',
    '//',
    '%',
    '<',
    '<=',
    '>',
    '>=',
    '==',
    '!=',
    '&',
    '^',
    '|',
    ' and ',
    ' or ',
  );
  const space = fc.constantFrom('', ' ', '  ');
  return {
    any: fc.oneof(
      { depthSize: 'small', maxDepth: 4 },
      literal,
      fc.tuple(any, space, operator, space, any).map((parts) => parts.join('')),
      fc.tuple(any, operator, any, operator, any).map((parts) => parts.join('')),
      any.map((inner) => `(${inner})`),
      fc.tuple(fc.constantFrom('-', '+', '~', ' not ', '--'), any).map(([sign, inner]) => `${sign}${inner}`),
      fc
        .tuple(literal, fc.constantFrom('0', '1', '2', '3', '-1', '-2', '0.5', '-0.5', '2**2'))
        .map(([a, b]) => `${a}**${b}`),
      fc.tuple(any, fc.constantFrom('<<', '>>'), fc.integer({ min: -1, max: 40 })).map(([a, o, b]) => `(${a})${o}${b}`),
      fc.tuple(any, any, any).map(([a, b, c]) => `${a} if ${b} else ${c}`),
      fc.tuple(fc.constantFrom('min', 'max'), any, any).map(([name, a, b]) => `${name}(${a}, ${b})`),
      fc
        .tuple(
          fc.constantFrom(
            'int',
            'float',
            'abs',
            'round',
            'math.sqrt',
            'math.exp',
            'math.log',
            'math.log2',
            'math.log10',
            'math.floor',
            'math.ceil',
            'math.fabs',
            'math.trunc',
          ),
          any,
        )
        .map(([name, a]) => `${name}(${a})`),
      fc.tuple(any, fc.integer({ min: -3, max: 5 })).map(([a, digits]) => `round(${a},${digits})`),
      fc
        .tuple(fc.constantFrom('math.pow', 'math.fmod', 'math.log'), any, literal)
        .map(([name, a, b]) => `${name}(${a},${b})`),
    ),
  };
}).any;
