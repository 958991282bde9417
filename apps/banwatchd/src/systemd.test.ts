import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeWith, program } from '../../../tools/testing/describe-with.ts';
import { runProgram } from '../../../tools/testing/run-program.ts';
import { tempFolder } from '../../../tools/testing/temp-folder.ts';

const temp = tempFolder();
const shipped = (name: string): string => fileURLToPath(new URL(`../systemd/${name}`, import.meta.url));

/** Runs systemd-analyze on the unit, with the drop-in where that is asked for. */
function analyze(args: readonly string[], dropIn = false) {
  const unit = temp('banwatchd.service');
  copyFileSync(shipped('banwatchd.service'), unit);
  if (dropIn) {
    mkdirSync(path.dirname(temp('banwatchd.service.d/actions.conf')));
    copyFileSync(shipped('banwatchd-actions.conf'), temp('banwatchd.service.d/actions.conf'));
  }
  const env = { ...process.env, SYSTEMD_UNIT_PATH: `${temp()}:` };
  return runProgram(['systemd-analyze', ...args, unit], { env });
}

const exposureOf = (out: string): number => Number(/Overall exposure level for \S+: ([\d.]+)/.exec(out)?.[1]);

describeWith([program('systemd-analyze', 'systemd')], 'the unit for systemd', () => {
  test('is well-formed, alone and with the drop-in for actions', () => {
    for (const dropIn of [false, true]) expect(analyze(['verify'], dropIn)).toEqual({ status: 0, out: '', errors: '' });
  });

  test('is exposed no more than 2.0 by the measure of systemd-analyze security', () => {
    const { out } = analyze(['security', '--offline=true', '--no-pager']);
    expect(exposureOf(out)).toBeLessThanOrEqual(2);
  });

  test('is loosened by the drop-in, and only by it', () => {
    const exposure = exposureOf(analyze(['security', '--offline=true', '--no-pager'], true).out);
    expect(exposure).toBeGreaterThan(2);
    expect(exposure).toBeLessThan(8);
  });
});
