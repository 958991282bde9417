import type { SceneMessage } from './exim-scene.ts';

/** Messages as one stream of batched SMTP. */
export function bsmtpText(messages: readonly SceneMessage[]): string {
  return messages
    .map(({ from = 'sender@x.test', to = 'you@defer.test', subject = 'a test', headers = '', body = 'one line\n' }) => {
      const recipients = [to].flat().map((address) => `RCPT TO:<${address}>\n`);
      const text = `Subject: ${subject}\n${headers}\n${body}`.replace(/^\./gm, '..');
      return `MAIL FROM:<${from}>\n${recipients.join('')}DATA\n${text}.\n`;
    })
    .join('');
}
