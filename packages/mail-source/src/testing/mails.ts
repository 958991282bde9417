import type { MailMessage } from '../mail-message.ts';
import { type MaildirWriter, mailText } from './maildir-writer.ts';
import { readAll } from './read-all.ts';

/** The one mail of a Maildir. */
export const only = async ({ root }: MaildirWriter): Promise<MailMessage> => {
  const { mails } = await readAll(root);
  expect(mails).toHaveLength(1);
  return mails[0] as MailMessage;
};

export const idsOf = (mails: readonly MailMessage[]): string[] => mails.map(({ id }) => id);

/** The text of a mail named by its id. */
export const mail = (id: string, headers: Readonly<Record<string, string | undefined>> = {}): string =>
  mailText({ 'Message-ID': `<${id}@x.y>`, ...headers });
