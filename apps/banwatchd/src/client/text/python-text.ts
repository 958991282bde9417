import { pythonRepr } from '@sluice/fail2ban-config';
import type { Json } from '../../control/json.ts';

/** Writes a value as Python's `print` does. */
export const pythonText = (value: Json): string => (typeof value === 'string' ? value : pythonRepr(value));
