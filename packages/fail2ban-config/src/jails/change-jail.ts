import type { JailConfig } from './jail-config.ts';

/**
 * The jail with other values in some of its fields. Its {@link JailConfig.placeOf} is kept, which a copy by `{ ...jail }`
 * loses.
 */
export function changeJail(jail: JailConfig, changes: Partial<Omit<JailConfig, 'placeOf'>>): JailConfig {
  const changed = { ...jail, ...changes };
  Object.defineProperty(changed, 'placeOf', { value: (option: string) => jail.placeOf(option), enumerable: false });
  return Object.freeze(changed);
}
