import { spawnSync } from 'node:child_process';
import { python } from './python-re.ts';

const script = `import json, sys
json.dump([bytes(row).decode("utf-8", "replace") for row in json.load(sys.stdin)], sys.stdout)
`;

/** What CPython's `bytes.decode('utf-8', 'replace')` makes of each input. */
export function askPythonToDecode(inputs: readonly Uint8Array[]): readonly string[] {
  const input = JSON.stringify(inputs.map((bytes) => [...bytes]));
  const { status, stdout, stderr } = spawnSync('python3', ['-c', script], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`python3 ended with ${status}: ${stderr} (needs ${python.text})`);
  return JSON.parse(stdout) as readonly string[];
}
