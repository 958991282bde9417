import type { MailMessage } from '../mail-message.ts';
import type { MaildirSettings } from '../settings.ts';

type Conditions = Pick<MaildirSettings, 'authorTexts' | 'authorTests' | 'excludeReceived' | 'fromMs' | 'untilMs'>;

function isFrom(mail: MailMessage, { authorTexts, authorTests }: Conditions): boolean {
  if (authorTexts.length === 0 && authorTests.length === 0) return true;
  const text = authorTexts.length === 0 ? '' : mail.fromText.toLowerCase();
  return (
    authorTexts.some((part) => text.includes(part)) || mail.from.some((one) => authorTests.some((fits) => fits(one)))
  );
}

function isExcluded(mail: MailMessage, { excludeReceived }: Conditions): boolean {
  if (excludeReceived.length === 0) return false;
  const texts = mail.headers('received').map((text) => text.toLowerCase());
  return excludeReceived.some((part) => texts.some((text) => text.includes(part)));
}

/** Whether a mail fulfils all conditions. Those that need no header decoded come first. */
export function isWanted(mail: MailMessage, conditions: Conditions): boolean {
  const { timeMs } = mail.date;
  if (timeMs < conditions.fromMs || timeMs >= conditions.untilMs) return false;
  return isFrom(mail, conditions) && !isExcluded(mail, conditions);
}
