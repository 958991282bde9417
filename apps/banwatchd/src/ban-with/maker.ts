import type { BanBackend } from '@sluice/ban-action';
import type { RejectSink } from '@sluice/pipeline';
import type { JailPort } from './jail-ports.ts';
import { optionKinds as kind } from './option-kinds.ts';
import type { OptionKinds, Section } from './section.ts';

/** What a backend has around it. */
export interface BackendContext {
  /** Name of the nf_tables table, where the file names none. */
  readonly table: string;
  /** Ports of a jail; undefined for all traffic. */
  readonly portsOf: (jail: string) => readonly JailPort[] | undefined;
  readonly rejects: RejectSink;
}

/** What a section makes. */
export interface Made {
  readonly backend: BanBackend;
  /** What it says of whether it can be done without. */
  readonly required: boolean | undefined;
}

export type Maker = (section: Section, context: BackendContext) => Made;

/**
 * A maker of backends.
 *
 * @param kinds its options, by their names in the code
 * @param make what it makes of those that are set; what this throws is told with file, line and cure
 */
export const maker =
  <Options>(
    kinds: OptionKinds,
    make: (options: Options, section: Section, context: BackendContext) => BanBackend,
  ): Maker =>
  (section, context) => {
    const { required, ...options } = section.read({ ...kinds, required: kind.flag });
    try {
      return { backend: make(options as Options, section, context), required: required as boolean | undefined };
    } catch (error) {
      throw section.faultOf(error as Error);
    }
  };
