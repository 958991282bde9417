import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Ended, ProgramScene } from '../../../../tools/testing/program-scene.ts';

const testdata = fileURLToPath(new URL('../../testdata/', import.meta.url));

/** An event as Python's vobject reads it; times in seconds since the epoch. */
export interface ReadEvent {
  readonly uid: string;
  readonly start: number;
  readonly end: number | null;
  readonly summary: string;
  readonly description: string | null;
  readonly categories: readonly string[] | null;
  readonly url: string | null;
}

/** A folder of its own, in which programs are run that know nothing of the user's configuration. */
export class Scene extends ProgramScene {
  constructor() {
    super(new URL('../../bin/activity-calendar.js', import.meta.url));
    Object.assign(this.env, {
      TZ: 'UTC',
      HOME: this.path('home'),
      XDG_CONFIG_HOME: this.path('home/.config'),
      XDG_DATA_HOME: this.path('home/.local'),
      XDG_CACHE_HOME: this.path('home/.cache'),
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      HGRCPATH: this.write('home/hgrc', ''),
    });
  }

  /** Runs activity-calendar. */
  calendar(args: readonly string[], input: string | Uint8Array = ''): Ended {
    return this.program(args, input);
  }

  /** The events of calendar files, oldest first, as vobject reads them. */
  events(...names: readonly string[]): ReadEvent[] {
    const files = names.map((name) => this.path(name));
    return JSON.parse(this.python('events.py', files)) as ReadEvent[];
  }

  /** Runs a script of testdata/ with the system's own Python. */
  python(script: string, args: readonly string[]): string {
    return this.run('/usr/bin/python3', [path.join(testdata, script), ...args]);
  }
}
