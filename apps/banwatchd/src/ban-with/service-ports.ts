import { readFileSync } from 'node:fs';

/** Numbers of the ports that a service has, by `name/protocol`. */
export type ServicePorts = ReadonlyMap<string, number>;

/** Reads the lines of services(5): name, port and protocol, further names. The first line of a name holds. */
export function parseServices(text: string): ServicePorts {
  const ports = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [name = '', where = '', ...aliases] = line.replace(/#.*/, '').trim().split(/\s+/);
    const [, port, protocol] = /^(\d{1,5})\/(\w+)$/.exec(where) ?? [];
    if (port === undefined || protocol === undefined) continue;
    for (const one of [name, ...aliases]) {
      const key = `${one}/${protocol}`;
      if (!ports.has(key)) ports.set(key, Number(port));
    }
  }
  return ports;
}

let known: ServicePorts | undefined;

/** Those of this machine; none where it has no such file. */
export function servicePorts(): ServicePorts {
  if (known !== undefined) return known;
  try {
    known = parseServices(readFileSync('/etc/services', 'utf8'));
  } catch {
    known = new Map();
  }
  return known;
}
