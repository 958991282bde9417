import type { Engine } from './engine.ts';

const beyondAscii = 0x80;

/** A text in an engine's memory, one unit for each character. */
export interface LoadedSubject {
  readonly text: string;
  /** Address of the first unit. A byte behind the last one is free. */
  readonly from: number;
  readonly to: number;
}

/**
 * Writes a text to the engine's scratch memory.
 *
 * @param without characters at its end that are left out
 * @returns undefined when the text has a character without a unit
 */
export function loadSubject(engine: Engine, text: string, without: number): LoadedSubject | undefined {
  const from = engine.scratch(text.length + 1);
  const { u8 } = engine.memory;
  const length = text.length - without;
  let at = 0;
  for (; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code >= beyondAscii) return loadOther(engine, text, length, from, at);
    u8[from + at] = code;
  }
  return { text, from, to: from + at };
}

function loadOther(
  engine: Engine,
  text: string,
  length: number,
  from: number,
  ascii: number,
): LoadedSubject | undefined {
  let to = from + ascii;
  for (let at = ascii; at < length; at++) {
    const code = text.codePointAt(at) as number;
    if (code > 0xffff) at += 1;
    const unit = engine.unitOf(code);
    if (unit === undefined) return undefined;
    // A new unit may have made the memory grow.
    engine.memory.u8[to++] = unit;
  }
  return { text, from, to };
}
