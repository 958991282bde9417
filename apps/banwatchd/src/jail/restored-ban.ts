import type { KeptBan } from '@sluice/ban-policy';
import type { Ban } from '@sluice/pipeline';

/** A ban that stands, as it is told to those that were not there when it was decided. */
export const restoredBan = (jail: string, { bannedAtMs, ...ban }: KeptBan): Ban => ({
  kind: 'ban',
  jail,
  ...ban,
  timeMs: bannedAtMs,
  restored: true,
});
