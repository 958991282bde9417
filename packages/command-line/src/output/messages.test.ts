import { closeSync, openSync, readFileSync } from 'node:fs';
import { jest } from '@jest/globals';
import { ComponentError } from '@sluice/pipeline';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { Messages } from './messages.ts';
import { ProgressLine } from './progress-line.ts';

const temp = tempFolder();
afterEach(() => jest.restoreAllMocks());

/** What is written while the messages are in use. */
function written(use: (messages: Messages, fd: number) => void, faultsOf?: (error: unknown) => unknown[]): string {
  const file = temp('messages');
  const fd = openSync(file, 'w');
  use(new Messages('my-tool', fd, faultsOf), fd);
  closeSync(fd);
  return readFileSync(file, 'utf8');
}

const reject = (n: number) => ({ component: 'x', code: 'ERR_X', reason: 'is none', path: `file ${n}` });

describe('messages', () => {
  test('name the program before a problem, and not before a note', () => {
    const text = written((messages) => {
      messages.note('3 added');
      messages.problem(new ComponentError('ERR_X', 'cannot be', { file: 'a', line: 3, cure: 'mend it' }));
      expect(messages.hasProblems).toBe(true);
    });
    expect(text).toBe('3 added\nmy-tool: a:3: cannot be; mend it\n');
  });

  test('tell an error of the system by its path and reason', () => {
    const text = written((messages) => {
      try {
        openSync(temp('nowhere/file'), 'r');
      } catch (error) {
        messages.fatal(error);
      }
    });
    expect(text).toBe(`my-tool: ${temp('nowhere/file')}: no such file or directory\n`);
  });

  test("tell a fault of the program's own with its stack, each line behind the name", () => {
    const lines = written((messages) => messages.fatal(new TypeError('oops')))
      .trimEnd()
      .split('\n');
    expect(lines[0]).toBe('my-tool: TypeError: oops');
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(line).toMatch(/^my-tool: /);
  });

  test('tell all errors that one stands for', () => {
    const both = (error: unknown): unknown[] => [error, new ComponentError('ERR_X', 'second')];
    expect(written((messages) => messages.fatal(new ComponentError('ERR_X', 'first')), both)).toBe(
      'my-tool: first\nmy-tool: second\n',
    );
  });

  test('tell ten rejects, and count them all', () => {
    const text = written((messages) => {
      for (let n = 1; n <= 12; n += 1) messages.next(reject(n));
      messages.endOfRejects();
      expect(messages).toMatchObject({ rejects: 12, hasProblems: true });
    });
    expect(text.split('\n')).toHaveLength(12);
    expect(text).toContain('my-tool: file 10: is none\nmy-tool: and 2 more that could not be used as they are\n');
  });

  test('have no control characters of others in them', () => {
    const evil = { ...reject(1), reason: 'a\u001b[2Jb\u202ec\nmy-tool: forged' };
    expect(written((messages) => messages.next(evil))).toBe(
      'my-tool: file 1: a\ufffd[2Jb\ufffdc\ufffdmy-tool: forged\n',
    );
  });

  test('are only what went wrong when notes are hidden', () => {
    const text = written((messages) => {
      messages.hideNotes();
      messages.note('3 added');
      messages.problem(new ComponentError('ERR_X', 'wrong'));
    });
    expect(text).toBe('my-tool: wrong\n');
  });

  test('that nobody can read do not end the program', () => {
    expect(() => new Messages('my-tool', 99_999).note('hello')).not.toThrow();
  });
});

describe('a progress line', () => {
  test('is shown after a second, not too often, and taken away', () => {
    const text = written((messages, fd) => {
      const start = Date.now();
      const clock = jest.spyOn(Date, 'now').mockReturnValue(start);
      const line = new ProgressLine(messages, fd, 'always');
      line.show(1, 'mails', 2000);
      clock.mockReturnValue(start + 1000);
      line.show(1500, 'mails', 2000);
      line.show(1501, 'mails', 2000);
      clock.mockReturnValue(start + 1300);
      line.show(1600, 'mails');
      line.clear();
      line.clear();
    });
    expect(text).toBe('\r\u001b[K1,500 of 2,000 mails …\r\u001b[K1,600 mails …\r\u001b[K');
  });

  test('is not shown where there is no terminal', () => {
    written((messages, fd) => expect(new ProgressLine(messages, fd, 'auto').isShown).toBe(false));
  });
});
