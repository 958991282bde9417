import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { exampleId } from '../../example-spool/example-id.ts';
import type { ExampleMessage } from '../../example-spool/example-message.ts';
import { writeSpool } from '../../example-spool/write-spool.ts';
import type { QueuePlace } from '../../queue-place.ts';

/** What a fake Exim does when it comes to a message; shell, where `$id` is the message and `$input` the spool's folder. */
export const deeds = {
  does: 'rm -f "$input/$id-H" "$input/$id-D"; echo "Message $id has been removed"',
  doesSilently: 'rm -f "$input/$id-H" "$input/$id-D"',
  lies: 'echo "Message $id has been removed"',
  refuses: ':',
  locked: 'echo "Message $id is locked"',
  unknown:
    'printf "%s\\n" "Spool data file for $id does not exist" "Continuing, to ensure all files removed" "Spool read error for $id-H: No such file or directory" "Continuing to ensure all files removed" "Message $id has been removed or did not exist"',
  denied: 'echo "Permission denied"',
  garbage: 'printf "Message \\001\\377\\n\\n   Message $id of something else\\nMessage "',
  others: 'echo "Message 1xVUzy-0001Sp-1k has been removed"',
  half: 'printf "Message $id has been rem"; exit 1',
  exits: 'exit 7',
  dies: 'kill -9 $$',
  lockedOnce:
    'if [ -e "$input/../$id" ]; then echo "Message $id has been removed"; else : >"$input/../$id"; echo "Message $id is locked"; fi',
  hangs: 'sleep 100',
  delivers:
    'rm -f "$input/$id-H" "$input/$id-D"; printf "delivering $id\\nLOG: MAIN\\n  => b <b@y.test> R=r T=t\\n" >&2',
  defers: 'printf "delivering $id\\nLOG: MAIN\\n  == b@y.test R=r defer (-1): not today\\n" >&2',
  isLocked:
    'printf "delivering $id\\nLOG: skip_delivery MAIN\\n  Spool file for $id is locked (another process is handling this message)\\n" >&2',
  hangsOn: 'trap "" TERM; sleep 100; sleep 100',
} as const;

export type Deed = keyof typeof deeds;

/** An Exim that is a small shell script, and a spool for it. */
export interface FakeExim {
  readonly place: QueuePlace;
  readonly ids: readonly string[];
  /** The arguments of each call so far. */
  calls(): string[][];
  /** Messages with a -H. */
  left(): string[];
}

/**
 * @param folder an empty folder
 * @param plan what it does with the first message, the second …
 * @param messages what is different with the first message, the second …
 */
export function fakeExim(
  folder: string,
  plan: readonly Deed[],
  settings: Partial<QueuePlace> = {},
  messages: readonly Partial<ExampleMessage>[] = [],
): FakeExim {
  const spool = path.join(folder, 'spool');
  const ids = plan.map((_, place) =>
    exampleId(1_790_000_000_000 + place * 1000, 7, place % 2 === 0 ? 'short' : 'long'),
  );
  writeSpool(
    spool,
    ids.map((id, place) => ({
      id,
      receivedMs: 1_790_000_000_000 + place * 1000,
      sender: 'a@x.test',
      recipients: ['b@y.test', 'c@y.test'],
      ...messages[place],
    })),
  );
  const input = path.join(spool, 'input');
  const calls = path.join(folder, 'calls');
  const program = path.join(folder, 'exim');
  const cases = plan.map((deed, place) => `${ids[place]}) ${deeds[deed]};;`).join('\n');
  writeFileSync(
    program,
    `#!/bin/sh
input='${input}'
IFS='|'; printf '%s\\n' "$*" >>'${calls}'; unset IFS
for id; do case $id in
${cases}
esac; done
`,
  );
  chmodSync(program, 0o755);
  const place: QueuePlace = {
    backend: 'spool',
    spoolDirectory: spool,
    spoolFrom: 'exim',
    queue: '',
    aside: true,
    exim: program,
    ...settings,
  };
  return {
    place,
    ids,
    calls: () =>
      existsSync(calls)
        ? readFileSync(calls, 'utf8')
            .split('\n')
            .slice(0, -1)
            .map((line) => line.split('|'))
        : [],
    left: () => ids.filter((id) => existsSync(path.join(input, `${id}-H`))),
  };
}
