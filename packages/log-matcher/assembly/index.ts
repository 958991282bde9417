// The WebAssembly of the package, see DESIGN.md. It imports its memory, and what only JavaScript knows.
export { countBreaks, lastBreak, lineEnds } from './breaks';
export { clearRecords, linesTried, matchLines, recordTop, setCrowd, setLines, stopped } from './verify/lines';
export { best, enter, enterAt, entriesFollowed, isDead, passBack, passBegin, row } from './verify/pass';
export { positionsFor, search, setPositions } from './verify/search';
export { isAscii, setPages, toUnits } from './verify/units';
export { beginWalk, position, setLooks, walked, walkOn } from './verify/walk';
export { beginLines, nextLines } from './prefilter/scan';
export * from './prefilter/hash-kernels';
export * from './prefilter/nibble4';
export * from './prefilter/nibble6';
