import type { JailConfig } from '@sluice/fail2ban-config';

/** The places of a jail are hidden from whoever copies it: those of the old one then still hold. */
export function withPlaces(config: JailConfig, old: JailConfig): JailConfig {
  if (typeof config.placeOf === 'function') return config;
  return Object.defineProperty({ ...config }, 'placeOf', { value: (option: string) => old.placeOf(option) });
}
