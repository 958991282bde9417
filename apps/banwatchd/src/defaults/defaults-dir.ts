import { fileURLToPath } from 'node:url';
import { defaultsUrl } from '../own-files.ts';

/** The configuration folder that comes with this package, for `loadConfig`: what `banwatchd --defaults` runs on. */
export const defaultsDir = (): string => fileURLToPath(defaultsUrl).replace(/\/$/, '');
