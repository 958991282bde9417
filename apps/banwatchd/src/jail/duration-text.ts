/** Python's rounding, which the texts come from. */
function roundHalfEven(value: number): number {
  const down = Math.floor(value);
  if (value - down !== 0.5) return Math.round(value);
  return down % 2 === 0 ? down : down + 1;
}

/** From `leastS` on a length is told in steps of `stepS`, in these units. */
interface Scale {
  readonly leastS: number;
  readonly stepS: number;
  readonly units: readonly (readonly [string, number])[];
}

const [minute, hour, day, week, year] = [60, 3600, 86_400, 604_800, 31_536_000] as const;

const scales: readonly Scale[] = [
  {
    leastS: year,
    stepS: day,
    units: [
      ['y', year],
      ['w', week],
      ['d', day],
    ],
  },
  {
    leastS: week,
    stepS: hour,
    units: [
      ['w', week],
      ['d', day],
      ['h', hour],
    ],
  },
  {
    leastS: day,
    stepS: minute,
    units: [
      ['d', day],
      ['h', hour],
      ['m', minute],
    ],
  },
  {
    leastS: hour - 5,
    stepS: 10,
    units: [
      ['h', hour],
      ['m', minute],
    ],
  },
  {
    leastS: 0,
    stepS: 1,
    units: [
      ['m', minute],
      ['s', 1],
    ],
  },
];

/** A length of time as fail2ban's log tells it, at most three units: `2d 7h 15m`. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.trunc(ms / 1000));
  const { stepS, units } = scales.find(({ leastS }) => seconds >= leastS) as Scale;
  let rest = roundHalfEven(seconds / stepS) * stepS;
  const parts: string[] = [];
  for (const [unit, unitS] of units) {
    const count = Math.floor(rest / unitS);
    rest -= count * unitS;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  return parts.join(' ') || '0';
}
