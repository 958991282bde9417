import { type Ended, ProgramScene } from '../../../../tools/testing/program-scene.ts';

/** A folder of its own, in which the program and others are run. Their output has one character a byte. */
export class Scene extends ProgramScene {
  constructor() {
    super(new URL('../../bin/logmatch.js', import.meta.url), 'latin1');
  }

  logmatch(args: readonly string[], input: string | Uint8Array = ''): Ended {
    return this.program(args, input);
  }

  grep(args: readonly string[], input: string | Uint8Array = ''): Ended {
    return this.attempt('grep', ['-a', ...args], input);
  }
}
