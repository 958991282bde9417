/** A function that gives texts of random letters, the same for the same seed. */
export function randomLetters(letters: string, seed: number): (length: number) => string {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    // The low bits of such a sequence repeat soon.
    return Math.floor((state / 2 ** 32) * letters.length);
  };
  return (length) => Array.from({ length }, () => letters[next()]).join('');
}
