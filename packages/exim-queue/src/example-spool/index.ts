export type { ExampleDamage, ExampleHeader, ExampleMessage, ExampleRecipient } from './example-message.ts';
export { exampleMessages } from './example-messages.ts';
export { type ManyMessagesOptions, manyMessages } from './many-messages.ts';
export { type WriteSpoolOptions, type WrittenSpool, writeSpool } from './write-spool.ts';
