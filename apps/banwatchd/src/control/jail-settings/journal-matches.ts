import { type JailConfig, splitShellWords } from '@sluice/fail2ban-config';

/** The journal matches of a jail, as alternatives of fields that have to hold together. None for a jail that reads files. */
export function journalMatchesOf({ backendName, journalMatch }: JailConfig): string[][] {
  if (backendName !== 'systemd') return [];
  return journalMatch.flatMap((expression) => {
    const alternatives: string[][] = [[]];
    for (const one of splitShellWords(expression)) {
      if (one === '+') alternatives.push([]);
      else alternatives.at(-1)?.push(one);
    }
    return alternatives.filter((fields) => fields.length > 0);
  });
}
