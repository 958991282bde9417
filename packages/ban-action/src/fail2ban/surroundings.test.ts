import { hostname } from 'node:os';
import { machineNames, qualify } from './surroundings.ts';

describe('qualify', () => {
  const hosts = '127.0.0.1 localhost\n# 192.0.2.1 web.commented.example web\n127.0.1.1\tweb.example.com web # main\n';

  it('finds the domain beside the name in a hosts file', () => {
    expect(qualify('web', hosts)).toBe('web.example.com');
  });

  it('leaves a name that has a domain, and one that the file does not know', () => {
    expect(qualify('web.other.example', hosts)).toBe('web.other.example');
    expect(qualify('mail', hosts)).toBe('mail');
    expect(qualify('web.commented', '')).toBe('web.commented');
  });

  it("gives this machine's names", () => {
    const { hostName, qualifiedHostName } = machineNames();
    expect(hostName).toBe(hostname());
    expect(qualifiedHostName).not.toBe('');
  });
});
