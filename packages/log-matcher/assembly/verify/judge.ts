import { gate, head } from '../host';
import { ANSWER, ASKED_OF, GATE, HEAD, KIND, MATCHED, NO_HEAD, TRIED } from './automaton';
import { headRefuses } from './pass';
import { passesGate } from './search';

/**
 * Whether a pattern may match a line, by the answer that its gate gave for all its patterns.
 *
 * @param automaton descriptor of the pattern
 * @param line number of the line: a gate is asked once a line
 */
export function mayMatch(pattern: u32, automaton: u32, line: u32, from: u32, to: u32): bool {
  if (load<u32>(automaton, GATE) == 0) gate(pattern);
  const gateAt = load<u32>(automaton, GATE);
  if (load<u32>(gateAt, KIND) == 0) return true;
  if (load<u32>(gateAt, ASKED_OF) != line) {
    store<u32>(gateAt, line, ASKED_OF);
    store<u32>(gateAt, passesGate(gateAt, from, to) ? 1 : 0, ANSWER);
  }
  return load<u32>(gateAt, ANSWER) != 0;
}

/** So many tries tell how often a pattern matches. */
const JUDGED: u32 = 64;
const MOST_TRIED: u32 = 1 << 20;

/**
 * Whether a pattern that seldom matches where it is tried is refused by what the line begins with.
 *
 * @param automaton descriptor of the pattern
 */
export function refuses(pattern: u32, automaton: u32, from: u32, to: u32): bool {
  const tried = load<u32>(automaton, TRIED) + 1;
  const matched = load<u32>(automaton, MATCHED);
  store<u32>(automaton, tried, TRIED);
  if (tried < JUDGED || matched * 4 > tried) return false;
  if (tried > MOST_TRIED) {
    // What the log was long ago shall not weigh for ever.
    store<u32>(automaton, tried >> 1, TRIED);
    store<u32>(automaton, matched >> 1, MATCHED);
  }
  if (load<u32>(automaton, HEAD) == 0) head(pattern);
  const headAt = load<u32>(automaton, HEAD);
  if (headAt == NO_HEAD) return false;
  const asked = load<u32>(headAt, TRIED) + 1;
  const refused = load<u32>(headAt, MATCHED) + (headRefuses(headAt, from, to) ? 1 : 0);
  const isRefused = refused != load<u32>(headAt, MATCHED);
  store<u32>(headAt, asked, TRIED);
  store<u32>(headAt, refused, MATCHED);
  // A head that lets most lines pass costs more than it spares.
  if (asked == JUDGED && refused * 2 < asked) store<u32>(automaton, NO_HEAD, HEAD);
  return isRefused;
}

/** Notes that a pattern matched. */
export function noteMatch(automaton: u32): void {
  store<u32>(automaton, load<u32>(automaton, MATCHED) + 1, MATCHED);
}
