/**
 * Middle of some numbers; of an even count the mean of the middle two.
 *
 * @param {readonly number[]} numbers at least one
 * @returns {number}
 */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const [lower, upper = lower] = sorted.slice((sorted.length - 1) >> 1, (sorted.length >> 1) + 1);
  return (Number(lower) + Number(upper)) / 2;
}
