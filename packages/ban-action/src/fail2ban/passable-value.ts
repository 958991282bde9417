/** Longer values are handed over as arguments: Linux takes 128 KiB in one argument, and a script is one. */
export const MAX_INLINE_CHARS = 256;

/** Longest value that is handed over: half of what an argument holds, so that a command can put something before it. */
export const MAX_VALUE_BYTES = 65_536;

const ELLIPSIS = '…';

function cut(text: string): string {
  if (text.length * 3 <= MAX_VALUE_BYTES) return text;
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= MAX_VALUE_BYTES) return text;
  // `stream` holds a character back that is cut in two.
  return new TextDecoder().decode(bytes.subarray(0, MAX_VALUE_BYTES), { stream: true }) + ELLIPSIS;
}

/**
 * The value as an argument can hold it: U+FFFD for a NUL, and `…` in place of what is over {@link MAX_VALUE_BYTES}.
 * Both would make the system refuse the command, and a stranger's long or odd line must not keep him from being banned.
 */
export const passableValue = (value: string): string => cut(value.replaceAll('\0', '\ufffd'));
