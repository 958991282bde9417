// Node.js strips no types in what lies below node_modules, and older releases nowhere: sources use the built worker.
const path = import.meta.url.endsWith('.ts') ? '../../dist/loader/scan-worker.js' : './scan-worker.js';

/** The script of a pool's workers. */
export const workerUrl: URL = new URL(path, import.meta.url);
