// For tests and measurements of the prefilter alone.
export * from './line-bounds';
export * from './scan';
