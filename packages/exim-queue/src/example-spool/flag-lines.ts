import type { BodyFacts } from './body-facts.ts';
import type { ExampleMessage } from './example-message.ts';

const taken = (name: string, value: string | undefined): string => (value === undefined ? '' : `--${name} ${value}\n`);

function hostLines({ host, login = 'Debian-exim' }: ExampleMessage): string {
  if (host === undefined) return `-ident ${login}\n`;
  const address = host.port === undefined ? `[${host.address}]` : `[${host.address}]:${host.port}`;
  return `${taken('helo_name', host.helo)}${taken('host_address', address)}${taken('host_name', host.name)}`;
}

const variableLines = ({ variables = {} }: ExampleMessage): string =>
  Object.entries(variables)
    .map(([name, value]) => `--acl${name.charAt(0)} ${name.slice(1)} ${Buffer.byteLength(value)}\n${value}\n`)
    .join('');

const isTried = ({ frozenMs, delivered = [], log }: ExampleMessage): boolean =>
  frozenMs !== undefined || delivered.length > 0 || log !== undefined;

/** The lines of -H that begin with `-`, in the order in which Exim writes them. */
export function flagLines(message: ExampleMessage, body: BodyFacts): string {
  const { receivedMs, host, authId, frozenMs, flags = [] } = message;
  const seconds = Math.floor(receivedMs / 1000);
  const micros = String(Math.floor((receivedMs - seconds * 1000) * 1000)).padStart(6, '0');
  const { lineCount, longestLine, zeroCount } = body;
  return [
    `-received_time_usec .${micros}\n-received_time_complete ${seconds}.${micros}\n`,
    hostLines(message),
    taken('host_auth', authId && 'plain_login'),
    `-received_protocol ${message.protocol ?? (host === undefined ? 'local' : 'esmtp')}\n`,
    variableLines(message),
    message.isWireFormat === true ? '-spool_file_wireformat\n' : `-body_linecount ${lineCount}\n`,
    `-max_received_linelength ${longestLine}\n`,
    zeroCount > 0 ? `-body_zerocount ${zeroCount}\n` : '',
    taken('auth_id', authId),
    (message.isTried ?? isTried(message)) ? '' : '-deliver_firsttime\n',
    frozenMs === undefined ? '' : `-frozen ${Math.floor(frozenMs / 1000)}\n`,
    host === undefined ? '-local\n' : '',
    message.isLocalBounce === true ? '-localerror\n' : '',
    message.isSenderUntrusted === true ? '-sender_set_untrusted\n' : '',
    ...flags.map((flag) => `${flag}\n`),
  ].join('');
}
