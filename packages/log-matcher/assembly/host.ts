// What JavaScript does for the engine: src/kernel.ts says what. Answers are 1 for yes and 0 for no.

export declare function fill(automaton: u32, row: u32, offset: u32): u32;
export declare function prepare(automaton: u32): u32;
export declare function forget(): void;
export declare function page(index: u32): u32;
export declare function gate(pattern: u32): void;
export declare function head(pattern: u32): void;
