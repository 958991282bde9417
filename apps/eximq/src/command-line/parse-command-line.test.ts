import { commandSpecs } from './command-specs.ts';
import { parseCommandLine } from './parse-command-line.ts';

function text(...args: string[]): string {
  const request = parseCommandLine(args);
  return request.command === 'print' ? request.text : '';
}

describe('the help', () => {
  test('names every command, gives examples and tells the exit statuses', () => {
    const help = text('--help');
    for (const { name } of commandSpecs()) expect(help).toMatch(new RegExp(`^  ${name}[ |]`, 'm'));
    expect(help).toContain('eximq rm --frozen');
    expect(help).toContain('Exit status: 0 done; 1 nothing found, or not all done; 2 wrong usage or failure.');
  });

  test.each(commandSpecs().map(({ name }) => name))('of %s has its options and those of all commands', (name) => {
    const help = text(name, '--help');
    expect(help).toContain('Global Options:');
    expect(help).toContain('--spool <FOLDER>');
    for (const line of help.split('\n')) expect(line.length).toBeLessThanOrEqual(122);
  });

  test('of an action says whom it asks, and what a pattern is', () => {
    expect(text('freeze', '--help')).toMatch(/you are asked before more than 100 messages/);
    expect(text('freeze', '--help')).toMatch(/A PATTERN is a glob/);
  });
});

test.each([
  [['lst'], /unknown command 'lst' \(did you mean one of list, ls\?\)/],
  [['list', '--sendr', 'x'], /unknown option '--sendr' \(did you mean --sender\?\); see eximq --help/],
  [['list', '--older'], /option '-o, --older <AGE>' argument missing/],
  [['list', '--backend', 'x'], /--backend.*Allowed choices are auto, spool, exim/],
  [['show'], /missing required argument 'id'/],
  [['count', 'x'], /too many arguments/],
])('%p is refused: %p', (args, message) => {
  expect(() => parseCommandLine(args)).toThrow(message);
});

test.each(['bash', 'zsh', 'fish'])('completion for %s knows commands, options and words', (shell) => {
  const script = text('completion', shell);
  for (const word of ['mark-delivered', 'frozen-for', 'sender-domain', 'delivering']) expect(script).toContain(word);
});
