/**
 * Failures as a busy host sees them: half from a few ids that go on and on, half from many that come once or twice. The
 * same for the same count, on every machine.
 *
 * @param {number} count
 * @returns {{ id: string, timeS: number }[]}
 */
export function makeFailures(count) {
  let state = 42;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  let timeS = 1_796_140_800;
  return Array.from({ length: count }, () => {
    if (random() < 0.1) timeS += 1;
    const n = Math.floor(random() < 0.5 ? random() * 500 : random() * 65_536);
    return { id: `10.66.${n >> 8}.${n & 255}`, timeS };
  });
}
