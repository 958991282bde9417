const beyondAscii = /[\u0080-\u00ff]/;

/**
 * File names are bytes and need not be UTF-8. In this package they are handled as Latin-1, which loses none; these three
 * stand where they come in, are used, and are shown.
 */
export const toBytePath = (path: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it asks for what is ASCII
  /^[\x00-\x7f]*$/.test(path) ? path : Buffer.from(path, 'utf8').toString('latin1');

/** What `node:fs` takes for a path of bytes. */
export const forSystem = (path: string): string | Buffer =>
  beyondAscii.test(path) ? Buffer.from(path, 'latin1') : path;

/** A path of bytes as people read it. */
export const forPeople = (path: string): string =>
  beyondAscii.test(path) ? Buffer.from(path, 'latin1').toString('utf8') : path;
