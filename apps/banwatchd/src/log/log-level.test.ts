import { parseLogLevel } from './log-level.ts';

describe('parseLogLevel', () => {
  test.each([
    ['info', 'INFO'],
    [' Notice ', 'NOTICE'],
    ['HEAVYDEBUG', 'HEAVYDEBUG'],
    ['tracedebug', 'TRACEDEBUG'],
    ['msg', 'MSG'],
    ['warn', 'WARNING'],
    ['10', 'DEBUG'],
    ['21', 'NOTICE'],
    ['5', 'HEAVYDEBUG'],
    ['0', 'HEAVYDEBUG'],
    ['99', 'CRITICAL'],
  ])('%j is %s', (text, level) => {
    expect(parseLogLevel(text)).toBe(level);
  });

  test.each(['loud', '', '-1', '1.5', 'constructor'])('%j is none', (text) => {
    expect(parseLogLevel(text)).toBeUndefined();
  });
});
