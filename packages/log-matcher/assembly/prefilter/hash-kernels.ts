import { anyWanted, emit, emitFour, lookUp } from './hash-vectors';

// All: positions in [from, to) at a multiple of the stride from `from` whose gram has a wanted hash; writes their addresses,
// ascending, to `out`, and returns the end of the list, behind which up to 16 words more are written. `to` is `from` plus a
// multiple of 64; up to 8 bytes behind it are read. `factor` is the hash's; shifted left by 8 it leaves the fourth byte out.
// `steps` is room for a word for each step.
//
// First the steps of which some position is wanted are listed, then the positions of these. Nothing branches on the text,
// for no processor could predict it.

export function scanHash8(from: u32, to: u32, table: u32, factor: u32, out: u32, steps: u32): u32 {
  const factors = i32x4.splat(factor);
  const tables = i32x4.splat(table);
  let end = steps;
  for (let p = from; p < to; p += 64) {
    const a = v128.shuffle<u32>(v128.load(p), v128.load(p, 16), 0, 2, 4, 6);
    const b = v128.shuffle<u32>(v128.load(p, 32), v128.load(p, 48), 0, 2, 4, 6);
    const x = lookUp(a, factors, tables);
    const y = lookUp(b, factors, tables);
    store<u32>(end, p);
    end += (anyWanted(x) | anyWanted(y)) << 2;
  }
  for (let step = steps; step < end; step += 4) {
    const p = load<u32>(step);
    const a = v128.shuffle<u32>(v128.load(p), v128.load(p, 16), 0, 2, 4, 6);
    const b = v128.shuffle<u32>(v128.load(p, 32), v128.load(p, 48), 0, 2, 4, 6);
    const x = lookUp(a, factors, tables);
    const y = lookUp(b, factors, tables);
    out = emitFour(y, p + 32, 8, emitFour(x, p, 8, out));
  }
  return out;
}

export function scanHash4(from: u32, to: u32, table: u32, factor: u32, out: u32, steps: u32): u32 {
  const factors = i32x4.splat(factor);
  const tables = i32x4.splat(table);
  let end = steps;
  for (let p = from; p < to; p += 32) {
    const x = lookUp(v128.load(p), factors, tables);
    const y = lookUp(v128.load(p, 16), factors, tables);
    store<u32>(end, p);
    end += (anyWanted(x) | anyWanted(y)) << 2;
  }
  for (let step = steps; step < end; step += 4) {
    const p = load<u32>(step);
    const x = lookUp(v128.load(p), factors, tables);
    const y = lookUp(v128.load(p, 16), factors, tables);
    out = emitFour(y, p + 16, 4, emitFour(x, p, 4, out));
  }
  return out;
}

export function scanHash2(from: u32, to: u32, table: u32, factor: u32, out: u32, steps: u32): u32 {
  const factors = i32x4.splat(factor);
  const tables = i32x4.splat(table);
  let end = steps;
  for (let p = from; p < to; p += 16) {
    const x = lookUp(v128.load(p), factors, tables);
    const y = lookUp(v128.load(p, 2), factors, tables);
    store<u32>(end, p);
    end += (anyWanted(x) | anyWanted(y)) << 2;
  }
  for (let step = steps; step < end; step += 4) {
    const p = load<u32>(step);
    const x = lookUp(v128.load(p), factors, tables);
    const y = lookUp(v128.load(p, 2), factors, tables);
    const a = i64x2.extract_lane(x, 0);
    const b = i64x2.extract_lane(y, 0);
    out = emit(<u32>a, p, out);
    out = emit(<u32>b, p + 2, out);
    out = emit(<u32>(a >>> 32), p + 4, out);
    out = emit(<u32>(b >>> 32), p + 6, out);
    const c = i64x2.extract_lane(x, 1);
    const d = i64x2.extract_lane(y, 1);
    out = emit(<u32>c, p + 8, out);
    out = emit(<u32>d, p + 10, out);
    out = emit(<u32>(c >>> 32), p + 12, out);
    out = emit(<u32>(d >>> 32), p + 14, out);
  }
  return out;
}

export function scanHash1(from: u32, to: u32, table: u32, factor: u32, out: u32, steps: u32): u32 {
  const factors = i32x4.splat(factor);
  const tables = i32x4.splat(table);
  let end = steps;
  for (let p = from; p < to; p += 16) {
    const w = lookUp(v128.load(p), factors, tables);
    const x = lookUp(v128.load(p, 1), factors, tables);
    const y = lookUp(v128.load(p, 2), factors, tables);
    const z = lookUp(v128.load(p, 3), factors, tables);
    store<u32>(end, p);
    end += (anyWanted(w) | anyWanted(x) | anyWanted(y) | anyWanted(z)) << 2;
  }
  for (let step = steps; step < end; step += 4) {
    const p = load<u32>(step);
    const w = lookUp(v128.load(p), factors, tables);
    const x = lookUp(v128.load(p, 1), factors, tables);
    const y = lookUp(v128.load(p, 2), factors, tables);
    const z = lookUp(v128.load(p, 3), factors, tables);
    out = emit(<u32>i32x4.extract_lane(w, 0), p, out);
    out = emit(<u32>i32x4.extract_lane(x, 0), p + 1, out);
    out = emit(<u32>i32x4.extract_lane(y, 0), p + 2, out);
    out = emit(<u32>i32x4.extract_lane(z, 0), p + 3, out);
    out = emit(<u32>i32x4.extract_lane(w, 1), p + 4, out);
    out = emit(<u32>i32x4.extract_lane(x, 1), p + 5, out);
    out = emit(<u32>i32x4.extract_lane(y, 1), p + 6, out);
    out = emit(<u32>i32x4.extract_lane(z, 1), p + 7, out);
    out = emit(<u32>i32x4.extract_lane(w, 2), p + 8, out);
    out = emit(<u32>i32x4.extract_lane(x, 2), p + 9, out);
    out = emit(<u32>i32x4.extract_lane(y, 2), p + 10, out);
    out = emit(<u32>i32x4.extract_lane(z, 2), p + 11, out);
    out = emit(<u32>i32x4.extract_lane(w, 3), p + 12, out);
    out = emit(<u32>i32x4.extract_lane(x, 3), p + 13, out);
    out = emit(<u32>i32x4.extract_lane(y, 3), p + 14, out);
    out = emit(<u32>i32x4.extract_lane(z, 3), p + 15, out);
  }
  return out;
}
