export { importBans } from './import-bans.ts';
export type { ImportCounts, ImportedBan } from './imported-ban.ts';
export type { KeyedRecords } from './keyed-records.ts';
export type { LmdbBanStore } from './lmdb-ban-store.ts';
export { banStoreMetrics } from './metrics.ts';
export { openBanStore } from './open-ban-store.ts';
export type { BanStoreOptions } from './options.ts';
