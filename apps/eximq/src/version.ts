import { packageVersion } from '@sluice/command-line';

/** The program's version. Here, directly in the folder, as `dist` and `bundle` lie beside the manifest. */
export const version = (): string => packageVersion(new URL('../package.json', import.meta.url));
