import type { Suspect } from '@sluice/ban-policy';
import type { Failure } from '@sluice/pipeline';

const nothing = { path: '', sourceId: '', offset: 0, line: '', groups: {}, pattern: 0 };

/** One who may be exempt as a failure, for the tags of a command: a restored ban has neither line nor groups. */
export const failureOf = (who: Suspect): Failure => ({ ...nothing, timeMs: Date.now(), ...who });
