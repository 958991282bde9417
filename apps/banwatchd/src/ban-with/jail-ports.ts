import type { JailConfig } from '@sluice/fail2ban-config';
import { BanwatchdError } from '../banwatchd-error.ts';
import { type ServicePorts, servicePorts } from './service-ports.ts';

/** A port that a ban concerns. */
export interface JailPort {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
}

/** Most ports of a jail: each is an element of its own in the kernel. */
const maxPorts = 64;
const maxPort = 65_535;

const protocolsOf: Readonly<Record<string, readonly JailPort['protocol'][]>> = {
  tcp: ['tcp'],
  udp: ['udp'],
  all: ['tcp', 'udp'],
};

/** `[first, last]` of a number, a name or a range (`8000:8010`, `8000-8010`); undefined when it is none. */
function rangeOf(text: string, protocol: string, services: ServicePorts): readonly [number, number] | undefined {
  const [, first = '', last] = /^(\d{1,5})(?:[:-](\d{1,5}))?$/.exec(text) ?? [];
  const named = services.get(`${text}/${protocol}`) ?? services.get(`${text}/tcp`);
  const from = first === '' ? named : Number(first);
  const to = last === undefined ? from : Number(last);
  return from !== undefined && to !== undefined && from <= to && to <= maxPort ? [from, to] : undefined;
}

/** The arguments `port` and `protocol` of the jail's first action that has a port: what fail2ban would ban. */
function writtenPorts({ actions }: JailConfig): { port: string; protocol: string } | undefined {
  for (const { parameters } of actions) {
    const { port, protocol = 'tcp' } = parameters;
    if (port !== undefined && port.trim() !== '') return { port, protocol: protocol.trim().toLowerCase() };
  }
  return undefined;
}

/**
 * The ports that a jail protects, as its `port` and `protocol` reach its actions: numbers, names of services, ranges.
 *
 * @returns undefined for all traffic: without a port, or with all of them (`0:65535`)
 * @throws BanwatchdError `ERR_BANWATCHD_BAN_WITH` with file, line and cure for what is no port, and for more than 64
 */
export function jailPorts(jail: JailConfig, services: ServicePorts = servicePorts()): readonly JailPort[] | undefined {
  const written = writtenPorts(jail);
  if (written === undefined) return undefined;
  const fail = (fault: string, cure: string): never => {
    const place = jail.placeOf('port') ?? jail.placeOf('action') ?? jail.place;
    throw new BanwatchdError('ERR_BANWATCHD_BAN_WITH', fault, { ...place, cure, value: written.port });
  };
  const protocols = protocolsOf[written.protocol];
  if (protocols === undefined)
    return fail(`protocol ${JSON.stringify(written.protocol)} has no ports`, 'write protocol = tcp, udp or all');
  const found = new Map<string, JailPort>();
  for (const text of written.port.split(/[\s,]+/).filter((part) => part !== ''))
    for (const protocol of protocols) {
      const [from, to] =
        rangeOf(text, protocol, services) ??
        fail(
          `${JSON.stringify(text.slice(0, 60))} is no port`,
          'write a number, a range, or a name from /etc/services',
        );
      if (from <= 1 && to === maxPort) return undefined;
      if (to - from >= maxPorts) fail(`${text} are more than ${maxPorts} ports`, 'write port = 0:65535 for all');
      for (let port = from; port <= to; port += 1) found.set(`${port}/${protocol}`, { protocol, port });
      if (found.size > maxPorts)
        fail(
          `${JSON.stringify(written.port.slice(0, 60))} are more than ${maxPorts} ports`,
          'write port = 0:65535 for all',
        );
    }
  return [...found.values()];
}
