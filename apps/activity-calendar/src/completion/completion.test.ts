import { spawnSync } from 'node:child_process';
import { completionScripts } from '@sluice/command-line/commander';
import { makeProgram } from '../command-line/make-program.ts';

const commandLine = makeProgram(() => {});

/** What bash offers for the words of a command line, of which the last one is being written. */
function offered(...words: string[]): string[] {
  const script = `${completionScripts.bash(commandLine)}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_activity_calendar
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', ...words], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((word) => word !== '');
}

describe('completion', () => {
  test.each(['bash', 'zsh'] as const)("%s's script is one that bash parses", (shell) => {
    const { status, stderr } = spawnSync('bash', ['-n'], {
      input: completionScripts[shell](commandLine),
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('offers commands, kinds below commands, options, and the words of an option', () => {
    expect(offered('activity-calendar', 'g')).toEqual(['git']);
    expect(offered('activity-calendar', 'serve', 'm')).toEqual(['maildir']);
    expect(offered('activity-calendar', 'git', '.', '--au')).toEqual(['--author']);
    expect(offered('activity-calendar', 'serve', 'git', '.', '--po')).toEqual(['--port']);
    expect(offered('activity-calendar', 'git', '.', '--split', '')).toEqual(['year', 'month']);
    expect(offered('activity-calendar', 'completion', '')).toEqual(['bash', 'zsh', 'fish']);
    expect(offered('activity-calendar', 'git', '.', '--author', '')).toEqual([]);
  });
});
