import { FACTOR, KERNEL, LIST, STEP_LIST, TABLES } from './descriptor';
import { scanHash1, scanHash2, scanHash4, scanHash8 } from './hash-kernels';
import { scanAll4, scanEven4 } from './nibble4';
import { scanEven6 } from './nibble6';

/**
 * Runs a group's kernel over [from, to), `to` being `from` plus a multiple of 64; returns the end of its list.
 *
 * The kernels are exports of the module: so the compiler does not put them into one large function, for which V8 lacks
 * registers.
 */
export function runKernel(group: u32, from: u32, to: u32): u32 {
  const tables = load<u32>(group, TABLES);
  const factor = load<u32>(group, FACTOR);
  const list = load<u32>(group, LIST);
  const steps = load<u32>(group, STEP_LIST);
  switch (load<u32>(group, KERNEL)) {
    case 0:
      return scanEven4(from, to, tables, list, steps);
    case 1:
      return scanEven6(from, to, tables, list, steps);
    case 2:
      return scanAll4(from, to, tables, list, steps);
    case 3:
      return scanHash8(from, to, tables, factor, list, steps);
    case 4:
      return scanHash4(from, to, tables, factor, list, steps);
    case 5:
      return scanHash2(from, to, tables, factor, list, steps);
    default:
      return scanHash1(from, to, tables, factor, list, steps);
  }
}
