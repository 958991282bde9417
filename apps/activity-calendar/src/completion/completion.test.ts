import { spawnSync } from 'node:child_process';
import { makeProgram } from '../command-line/make-program.ts';
import { commandTree } from './command-tree.ts';
import { shells } from './completion-script.ts';

const commandLine = makeProgram(() => {});

/** What bash offers for the words of a command line, of which the last one is being written. */
function offered(...words: string[]): string[] {
  const script = `${shells.bash(commandLine)}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_activity_calendar
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', ...words], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((word) => word !== '');
}

describe('completion', () => {
  test.each(['bash', 'zsh'] as const)("%s's script is one that bash parses", (shell) => {
    const { status, stderr } = spawnSync('bash', ['-n'], { input: shells[shell](commandLine), encoding: 'utf8' });
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

  test('has every option of every command, in every shell', () => {
    for (const { options } of commandTree(commandLine)) {
      for (const flag of options.flatMap(({ flags }) => flags)) {
        expect(shells.bash(commandLine)).toContain(flag);
        expect(shells.fish(commandLine)).toContain(
          flag.startsWith('--') ? ` -l ${flag.slice(2)}` : ` -s ${flag.slice(1)}`,
        );
      }
    }
  });
});
