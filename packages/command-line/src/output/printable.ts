/** Text of others for a terminal: control characters, which could forge lines or move the cursor, become U+FFFD. */
export const printable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this is about.
  text.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u2029\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
