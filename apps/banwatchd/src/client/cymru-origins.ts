import type { Address } from '@sluice/pipeline';

/** Where an address belongs; `unknown`, `nxdomain` or `error` in place of each where it is not known. */
export interface Origin {
  readonly asn: string;
  readonly country: string;
  readonly rir: string;
}

/** Looks up the texts of a name in the DNS. */
export type ResolveTxt = (name: string) => Promise<readonly (readonly string[])[]>;

/** Addresses that are asked for at once. */
const maxAtOnce = 16;

const zones = { 4: 'origin.asn.cymru.com', 6: 'origin6.asn.cymru.com' } as const;

/** The groups of an IPv6 address, all eight, four digits each. */
function groupsOf(text: string): string {
  const [head = '', tail] = text.split('::');
  const parts = (half: string): string[] => half.split(':').filter((part) => part !== '');
  const [front, back] = [parts(head), parts(tail ?? '')];
  const zeros = tail === undefined ? 0 : 8 - front.length - back.length;
  return [...front, ...new Array<string>(zeros).fill('0'), ...back].map((part) => part.padStart(4, '0')).join('');
}

/** The name to ask for: the address reversed, as in the reverse zones, below Team Cymru's. */
export function originName({ text, family }: Address): string {
  const labels = family === 4 ? text.split('.') : [...groupsOf(text)];
  return `${labels.reverse().join('.')}.${zones[family]}`;
}

const all = (word: string): Origin => ({ asn: word, country: word, rir: word });

/** The answer is `"23028 | 216.90.108.0/24 | US | arin | 1998-09-25"`; several routes are several texts. */
function readOrigin(texts: readonly (readonly string[])[]): Origin {
  const rows = texts.map((parts) =>
    parts
      .join('')
      .split('|')
      .map((field) => field.trim()),
  );
  const column = (index: number): string =>
    [...new Set(rows.map((row) => row[index] || 'unknown'))].sort().join(', ') || 'unknown';
  return { asn: column(0), country: column(2), rir: column(3) };
}

async function lookUp(address: Address, resolveTxt: ResolveTxt): Promise<Origin> {
  try {
    return readOrigin(await resolveTxt(originName(address)));
  } catch (error) {
    return all((error as NodeJS.ErrnoException).code === 'ENOTFOUND' ? 'nxdomain' : 'error');
  }
}

/** The origins of addresses, in their order. */
export async function lookUpOrigins(addresses: readonly Address[], resolveTxt: ResolveTxt): Promise<readonly Origin[]> {
  const origins: Origin[] = new Array(addresses.length);
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < addresses.length; index = next++) {
      const address = addresses[index];
      if (address !== undefined) origins[index] = await lookUp(address, resolveTxt);
    }
  };
  await Promise.all(Array.from({ length: maxAtOnce }, work));
  return origins;
}
