/**
 * `test` where the system has what it needs, else `test.skip` with what is missing in the title. With CI=true nothing
 * is skipped: what is missing makes the test fail.
 *
 * @param needs what is needed and how to get it
 */
export function testWith(
  has: boolean,
  needs: string,
): (title: string, body: (() => void) | (() => Promise<void>)) => void {
  return (title, body) => {
    if (has || process.env['CI'] === 'true') test(title, body);
    else test.skip(`${title} (skipped: needs ${needs})`, body);
  };
}
