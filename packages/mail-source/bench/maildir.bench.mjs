// A pass over the headers of a Maildir: date, sender, subject and id of every mail, against Python's mailbox, and against
// a loop that reads no more of each file than we do.
import { execFileSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { maildirBatches } from '@sluice/mail-source';
import { measure, measureCommand } from '../../../tools/bench/measure.mjs';
import { generateMaildir } from '../../../tools/generate/maildir.mjs';

const python = '/usr/bin/python3';

/** What we hand out: an instant, and texts of which encoded words are decoded. */
const readHeaders = `
from email.header import decode_header, make_header
from email.utils import mktime_tz, parsedate_tz

def text(value):
    return str(make_header(decode_header(value)))

def read_headers(mail):
    date = parsedate_tz(mail['date'] or '')
    return date and mktime_tz(date), text(mail['from']), text(mail['subject']), mail['message-id']
`;

const mailboxItems = `${readHeaders}
import mailbox, sys
count = 0
for key, mail in mailbox.Maildir(sys.argv[1], create=False).items():
    read_headers(mail)
    count += 1
assert count == int(sys.argv[2]), count
`;

const scandirLoop = `${readHeaders}
import os, sys
from email.parser import BytesHeaderParser
parser = BytesHeaderParser()
count = 0
for half in ('new', 'cur'):
    with os.scandir(os.path.join(sys.argv[1], half)) as entries:
        for entry in entries:
            with open(entry.path, 'rb', 0) as file:
                mail = parser.parsebytes(file.read(16384))
            read_headers(mail)
            count += 1
assert count == int(sys.argv[2]), count
`;

/** @typedef {{ directory: string, count: number }} Context */

/** @param {Context} context */
const headerPass = ({ directory, count }) =>
  measure(async () => {
    let mails = 0;
    let chars = 0;
    for await (const batch of maildirBatches(directory)) {
      mails += batch.length;
      for (const { date, fromText, subject, id } of batch)
        chars += date.timeMs + fromText.length + subject.length + id.length;
    }
    if (mails !== count || !(chars > 0)) throw new Error(`${mails} of ${count} mails`);
  }, count);

/**
 * @param {string} name
 * @param {string} program
 */
const inPython = (name, program) => ({
  name,
  available: async () => {
    try {
      execFileSync(python, ['--version'], { stdio: 'ignore' });
      return /** @type {const} */ (true);
    } catch {
      return `${python} is missing; install the package python3`;
    }
  },
  /** @param {Context} context */
  run: ({ directory, count }) => measureCommand([python, '-c', program, directory, String(count)], count),
});

/** @type {import('../../../tools/bench/types.d.ts').Bench<Context>} */
export default {
  name: 'maildir-headers',
  async prepare({ cache, quick }) {
    const count = quick ? 5000 : 100_000;
    const directory = path.join(cache, `mail-source-maildir-${count}`);
    if (!existsSync(directory)) {
      const unfinished = `${directory}.unfinished`;
      rmSync(unfinished, { recursive: true, force: true });
      generateMaildir({ path: unfinished, count });
      renameSync(unfinished, directory);
    }
    return { directory, count };
  },
  measurements: [
    {
      metric: 'mails per CPU second, date, from, subject and id',
      unit: 'mails/s',
      better: 'higher',
      target: 20,
      ours: headerPass,
      theirs: inPython('Python mailbox.Maildir items', mailboxItems),
    },
    {
      metric: 'mails per CPU second, against a loop by hand',
      unit: 'mails/s',
      better: 'higher',
      target: 3,
      ours: headerPass,
      theirs: inPython('Python os.scandir, 16 KiB, BytesHeaderParser', scandirLoop),
    },
  ],
};
