/** What a set of the table holds. */
export interface SetPlace {
  readonly family: 4 | 6;
  readonly prefix: number;
  /** Whether its keys are networks with a port. */
  readonly hasPorts: boolean;
  /**
   * Whose networks: those of one list; with `any` those of all lists, in front of the lists' own sets; absent in the layout
   * `shared`, where there is but one set.
   */
  readonly owner?: 'any' | { readonly list: string };
}

const fnvPrime = 0x01000193;

/** Sixteen digits that stand for a text (FNV-1a, twice, with two beginnings). */
function digest(text: string): string {
  const half = (basis: number): string => {
    let hash = basis;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), fnvPrime);
    return (hash >>> 0).toString(16).padStart(8, '0');
  };
  return half(0x811c9dc5) + half(0x5bd1e995);
}

/** Whether a list's name can begin a set's name as it is. Only then the set's name tells it. */
export const isPlainList = (list: string): boolean => /^[a-z][\w-]{0,63}$/i.test(list);

/** Name of the set: `all4_32`, `port6_64`; with lists `any4_32`, `anyport6_64`, `sshd.all4_32`, `sshd.port6_64`. */
export function setName({ family, prefix, hasPorts, owner }: SetPlace): string {
  const tail = `${family}_${prefix}`;
  if (owner === 'any') return `${hasPorts ? 'anyport' : 'any'}${tail}`;
  const shared = `${hasPorts ? 'port' : 'all'}${tail}`;
  if (owner === undefined) return shared;
  const { list } = owner;
  return `${isPlainList(list) ? list : `list-.${digest(list)}`}.${shared}`;
}

const namePattern =
  /^(?:(?<list>[a-z][\w-]{0,63}|list-\.[\da-f]{16})\.)?(?<kind>all|port|any|anyport)(?<family>[46])_(?<prefix>\d{1,3})$/i;

/**
 * What the set with this name holds; undefined when it is none of a block list's. A list whose name is not plain is known
 * by its elements' comments: here it is ''.
 */
export function readSetName(name: string): SetPlace | undefined {
  const { list, kind = '', family, prefix } = namePattern.exec(name)?.groups ?? {};
  const place = {
    family: family === '4' ? 4 : 6,
    prefix: Number(prefix),
    hasPorts: kind.endsWith('port'),
  } as const;
  if (kind === '' || place.prefix < 1 || place.prefix > (place.family === 4 ? 32 : 128)) return undefined;
  if (kind.startsWith('any')) return list === undefined ? { ...place, owner: 'any' } : undefined;
  if (list === undefined) return place;
  return { ...place, owner: { list: list.includes('.') ? '' : list } };
}
