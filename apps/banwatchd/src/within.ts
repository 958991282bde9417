/**
 * Resolves when the work has ended, however, and at the latest after a time.
 *
 * @returns whether it has ended
 */
export async function within(work: Promise<unknown>, limitMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), limitMs);
  });
  const ended = work.then(
    () => true,
    () => true,
  );
  const isOver = await Promise.race([ended, limit]);
  clearTimeout(timer);
  return isOver;
}
