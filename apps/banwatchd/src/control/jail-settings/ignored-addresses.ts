import type { JailConfig } from '@sluice/fail2ban-config';
import { parseAddress } from '@sluice/pipeline';

/** The ignore list, networks and names before single addresses, as fail2ban shows it. */
export function ignoredAddresses({ ignoreIp }: JailConfig): readonly string[] {
  const isSingle = (text: string): boolean => !text.includes('/') && parseAddress(text) !== undefined;
  return [...ignoreIp.filter((text) => !isSingle(text)), ...ignoreIp.filter(isSingle)];
}
