import { ComponentError } from '@sluice/pipeline';

/**
 * What ends `banwatch import`.
 *
 * Codes: `ERR_BANWATCH_IMPORT_USAGE`, `ERR_BANWATCH_IMPORT_FILE` (the database cannot be read, or is none of fail2ban's),
 * `ERR_BANWATCH_IMPORT_SQLITE` (this Node.js has nothing to read SQLite with).
 */
export class ImportError extends ComponentError {
  override readonly name: string = 'ImportError';
}
