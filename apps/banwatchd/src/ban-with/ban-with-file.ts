import { readFileSync } from 'node:fs';
import { parseIni } from '@sluice/fail2ban-config';
import { BanwatchdError } from '../banwatchd-error.ts';
import { type BanWith, backendNames, parseBanWith } from './backend-name.ts';
import { optionKinds } from './option-kinds.ts';
import { Section } from './section.ts';

const code = 'ERR_BANWATCHD_BAN_WITH';
/** The section for what concerns them all. */
const common = 'banwatchd';

/** What a file says of what to ban with. */
export interface BanWithFile {
  /** `ban-with` in [banwatchd]; undefined where it is not set. */
  readonly banWith?: readonly BanWith[];
  section(name: string): Section;
}

/** Where no file is. */
export const noBanWithFile: BanWithFile = { section: (name) => new Section(name, undefined) };

/**
 * Reads `ban-with.conf`: a section for each thing to ban with, in the syntax of fail2ban's files.
 *
 * @param isOptional whether it may be missing
 * @throws BanwatchdError `ERR_BANWATCHD_BAN_WITH` with file, line and cure
 */
export function readBanWithFile(file: string, isOptional: boolean): BanWithFile {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const { code: reason, message } = cause as NodeJS.ErrnoException;
    if (isOptional && (reason === 'ENOENT' || reason === 'ENOTDIR')) return noBanWithFile;
    throw new BanwatchdError(code, `cannot be read: ${message}`, {
      file,
      cause: cause as Error,
      cure: 'make it readable for the user that banwatchd runs as, or remove it',
    });
  }
  const { sections, faults } = parseIni(text, file);
  const [fault] = faults;
  if (fault !== undefined) throw fault.error;
  const known: readonly string[] = [common, ...backendNames];
  for (const [name, { place }] of sections)
    if (!known.includes(name))
      throw new BanwatchdError(code, `there is no section [${name}]`, {
        ...place,
        cure: `make it one of ${known.map((one) => `[${one}]`).join(', ')}`,
      });
  const section = (name: string): Section => new Section(name, sections.get(name));
  const { 'ban-with': list } = section(common).read({ 'ban-with': optionKinds.list });
  if (list === undefined) return { section };
  const place = sections.get(common)?.options.get('ban-with')?.[0]?.place;
  return { section, banWith: parseBanWith((list as readonly string[]).join(' '), place) };
}
