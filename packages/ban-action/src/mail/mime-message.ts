import MailComposer from 'nodemailer/lib/mail-composer';

export interface PlainMessage {
  readonly from: string | undefined;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

/** As an object: as a text, a local name like `root` would be taken for a name without an address. */
const asMailbox = (address: string) => ({ name: '', address });

/**
 * An Internet message (RFC 5322, 2045, 2047) with lines ended as sendmail wants them on its input: by a line feed alone.
 * `Auto-Submitted` (RFC 3834) keeps absent people's programs from answering it.
 */
export async function mimeMessage({ from, to, subject, text }: PlainMessage): Promise<string> {
  const message = new MailComposer({
    ...(from !== undefined && { from: asMailbox(from) }),
    to: to.map(asMailbox),
    subject,
    text,
    textEncoding: 'quoted-printable',
    headers: { 'Auto-Submitted': 'auto-generated' },
    newline: 'unix',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const built = await message.compile().build();
  return built.toString('latin1').replaceAll('\r\n', '\n');
}
