/** Time, zone and process as Exim puts them before each line. */
const stamp = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?(?: [+-]\d{4})?(?: \[\d+\])? /;
/** What ends the addresses that a line begins with. */
const ends = [' R=', ' T=', ' H=', ' routing defer (', ' defer (', ': '];
/** Lines that begin with something else than an address. */
const received = 'Received from ';
const delivered = / transport succeeded$/;
/** One that a destination's server made as long as it could. */
const maxReasonChars = 1000;

function addressesEnd(text: string): number {
  let first = -1;
  for (const end of ends) {
    const at = text.indexOf(end);
    if (at !== -1 && (first === -1 || at < first)) first = at;
  }
  return first;
}

/** `address` or `address <address of the envelope>`, of which a redirection made it. */
function addressesOf(text: string): readonly string[] {
  const open = text.endsWith('>') ? text.lastIndexOf(' <') : -1;
  return open === -1 ? [text] : [text.slice(0, open), text.slice(open + ' <'.length, -'>'.length)];
}

/**
 * What the last attempt for each address came to, from the text of a message's log: the words that follow the address,
 * such as `R=dnslookup T=remote_smtp defer (110): Connection timed out`. An address that a redirection made stands for the
 * one in the envelope as well. Deliveries that succeeded tell nothing here. Never throws.
 */
export function parseReasons(text: string): Map<string, string> {
  const reasons = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [prefix] = stamp.exec(line) ?? [];
    if (prefix === undefined) continue;
    const words = line.slice(prefix.length);
    const end = addressesEnd(words);
    if (end === -1 || words.startsWith(received) || delivered.test(words)) continue;
    const reason = words.slice(words.startsWith(': ', end) ? end + ': '.length : end + 1, end + maxReasonChars);
    for (const address of addressesOf(words.slice(0, end))) if (address.includes('@')) reasons.set(address, reason);
  }
  return reasons;
}
