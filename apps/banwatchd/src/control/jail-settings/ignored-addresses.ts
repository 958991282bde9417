import { idOf } from '@sluice/ban-policy';
import type { JailConfig } from '@sluice/fail2ban-config';
import { parseAddress } from '@sluice/pipeline';

/** The ignore list, networks and names before single addresses, as fail2ban shows it: of a network what counts. */
export function ignoredAddresses({ ignoreIp }: JailConfig): readonly string[] {
  const shown = [...new Set(ignoreIp.map(idOf))];
  const isSingle = (text: string): boolean => !text.includes('/') && parseAddress(text) !== undefined;
  return [...shown.filter((text) => !isSingle(text)), ...shown.filter(isSingle)];
}
