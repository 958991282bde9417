import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { tempFolder } from '../../../../../tools/testing/temp-folder.ts';
import { addSettings } from '../add-settings.ts';
import { commandTree } from './command-tree.ts';
import { completionCommand } from './completion-command.ts';
import { completionScripts } from './completion-scripts.ts';

const temp = tempFolder();

function sample(): Command {
  const program = new Command('my-tool');
  const settings = {
    output: { value: 'FILE', short: 'o', help: 'write there' },
    span: { value: 'SPAN', choices: ['year', 'month'], help: "a file's span" },
    who: { value: 'WHO', help: 'by whom' },
    quiet: { short: 'q', help: 'say nothing' },
  };
  const list = addSettings(new Command('list').alias('ls').description("it's a list"), settings);
  list.addCommand(addSettings(new Command('all'), { deep: { help: 'all of it' } }));
  return program.addCommand(list).addCommand(completionCommand(program, () => {}));
}

/** What bash offers for the words of a command line, of which the last one is being written. */
function offered(program: Command, ...words: string[]): string[] {
  const script = `${completionScripts.bash(program)}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_${program.name().replace('-', '_')}
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const options = { cwd: temp(), env: process.env, encoding: 'utf8' } as const;
  const { stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', ...words], options);
  expect(stderr).toBe('');
  return stdout.split('\n').filter((word) => word !== '');
}

describe("bash's completion", () => {
  test('offers commands, and options of the command and of those before it', () => {
    expect(offered(sample(), 'my-tool', '')).toEqual(['list', 'completion']);
    expect(offered(sample(), 'my-tool', 'list', 'a')).toEqual(['all']);
    expect(offered(sample(), 'my-tool', 'list', 'all', '--')).toEqual([
      '--deep',
      '--output',
      '--span',
      '--who',
      '--quiet',
      '--help',
    ]);
  });

  test('knows a command by its alias', () => {
    expect(offered(sample(), 'my-tool', 'ls', 'a')).toEqual(['all']);
    expect(offered(sample(), 'my-tool', 'ls', 'all', '--d')).toEqual(['--deep']);
  });

  test('offers the words of an option and of an argument, and nothing for a value that it cannot know', () => {
    expect(offered(sample(), 'my-tool', 'list', '--span', '')).toEqual(['year', 'month']);
    expect(offered(sample(), 'my-tool', 'completion', 'f')).toEqual(['fish']);
    expect(offered(sample(), 'my-tool', 'list', '--who', '')).toEqual([]);
  });

  test('completes what is called FILE as a path', () => {
    mkdirSync(temp('out'));
    writeFileSync(temp('other'), '');
    expect(offered(sample(), 'my-tool', 'list', '-o', 'o').toSorted()).toEqual(['other', 'out']);
  });

  test('works for a program without commands and options', () => {
    expect(offered(new Command('plain'), 'plain', '-')).toEqual(['--help', '-h']);
  });
});

test.each(['bash', 'zsh'] as const)("%s's script is one that bash parses", (shell) => {
  for (const program of [sample(), new Command('plain')]) {
    const { status, stderr } = spawnSync('bash', ['-n'], {
      input: completionScripts[shell](program),
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  }
});

test("fish's script has each option where it belongs, with its text quoted", () => {
  const script = completionScripts.fish(sample());
  expect(script).toContain(
    `complete -c my-tool -n '__my_tool_at "/list"' -l span -x -a 'year month' -d 'a file\\'s span'`,
  );
  expect(script).toContain(`complete -c my-tool -n '__my_tool_at "/list"' -l output -s o -r -F -d 'write there'`);
  expect(script).toContain(`complete -c my-tool -n '__my_tool_at ""' -f -a list -d 'it\\'s a list'`);
  expect(script).toContain("case /ls\n        set path '/list'");
});

test('every option of every command is in every script', () => {
  const flags = commandTree(sample()).flatMap(({ options }) => options.flatMap((option) => option.flags));
  for (const flag of flags) {
    expect(completionScripts.bash(sample())).toContain(flag);
    const name = flag.startsWith('--') ? ` -l ${flag.slice(2)}` : ` -s ${flag.slice(1)}`;
    expect(completionScripts.fish(sample())).toContain(name);
  }
});
