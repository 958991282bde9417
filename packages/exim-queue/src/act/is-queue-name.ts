// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const shape = /^[^*./\u0000-\u001f\u007f-][^/\u0000-\u001f\u007f]{0,254}$/;

/**
 * Whether a text can be the name of a named queue: it becomes a folder of the spool and a part of `-qG<name>`, where `/`
 * begins a time.
 */
export const isQueueName = (text: unknown): text is string => typeof text === 'string' && shape.test(text);
