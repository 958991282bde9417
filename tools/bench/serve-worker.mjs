/**
 * Does what the bench asks of this process, which a `NamespaceWorker` has started.
 *
 * @param {Readonly<Record<string, (options: any) => unknown>>} work by name
 */
export function serve(work) {
  process.on('message', async (/** @type {{ what: string, options: object }} */ { what, options }) => {
    try {
      process.send?.({ result: await work[what]?.(options) });
    } catch (error) {
      process.send?.({ error: error instanceof Error ? String(error.stack) : String(error) });
    }
  });
  process.on('disconnect', () => process.exit());
}
