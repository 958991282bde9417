/** The id of the -H that {@link headerText} makes. */
export const headerId = '1xVJN6-0005ku-09';

interface Parts {
  readonly login?: string;
  readonly sender?: string;
  readonly times?: string;
  readonly flags?: readonly string[];
  readonly tree?: readonly string[];
  readonly count?: string;
  readonly recipients?: readonly string[];
  readonly headers?: string;
}

/** A -H, one character per byte, with parts of it changed. */
export function headerText({
  login = 'root 0 0',
  sender = '<act@x.test>',
  times = '1795399292 0',
  flags = ['-received_time_usec .033945', '-received_protocol local', '-local'],
  tree = ['XX'],
  recipients = ['you@defer.test'],
  count = `${recipients.length}`,
  headers = '015F From: f@h.test\n',
}: Parts = {}): string {
  const lines = [`${headerId}-H`, login, sender, times, ...flags, ...tree, count, ...recipients];
  return `${lines.join('\n')}\n\n${headers}`;
}
