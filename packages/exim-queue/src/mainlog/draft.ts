import type { MainlogEvent } from './mainlog-event.ts';

/** An event that is being put together: a part that is unknown is absent. */
export type Draft<T extends MainlogEvent> = { -readonly [Part in keyof T]: T[Part] };
