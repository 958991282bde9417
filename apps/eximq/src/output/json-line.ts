const unsafe = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * A value as a line of JSON that is safe on a terminal: control characters that JSON leaves alone, and those that turn the
 * direction of text, are escaped. It means the same.
 */
export const jsonLine = (value: unknown): string =>
  `${JSON.stringify(value).replace(unsafe, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
