/** The year or month, UTC, that an instant lies in: `2024`, `2024-03`; empty without a split. */
export function periodOf(timeMs: number, split: 'month' | 'year' | undefined): string {
  return split === undefined ? '' : new Date(timeMs).toISOString().slice(0, split === 'year' ? 4 : 7);
}
