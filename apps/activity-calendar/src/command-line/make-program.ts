import { type OptionTexts, packageVersion } from '@sluice/command-line';
import { addSettings, completionCommand } from '@sluice/command-line/commander';
import { Command } from 'commander';
import { caldavSettings } from '../settings/caldav-settings.ts';
import { calendarSettings, contentSettings } from '../settings/calendar-settings.ts';
import { runSettings } from '../settings/run-settings.ts';
import { serveSettings } from '../settings/serve-settings.ts';
import { type SourceKind, sourceKinds } from '../settings/source-kind.ts';
import { settingsOfKind, sourceSettings } from '../settings/source-settings.ts';
import { configExample, programExamples } from './examples.ts';
import type { Request } from './request.ts';

type Verb = 'write' | 'serve' | 'push' | 'stats';
type OnRequest = (request: Request) => void;

const sourceHelp: Readonly<Record<SourceKind, readonly [argument: string, help: string, argumentHelp: string]>> = {
  svn: ['url...', 'commits of Subversion repositories', 'addresses, working copies or repository folders'],
  git: ['repository...', 'commits of Git repositories', 'work trees, bare repositories or addresses'],
  hg: ['repository...', 'commits of Mercurial repositories', 'folders'],
  maildir: ['folder...', 'mails of Maildirs', 'folders that have cur and new in them'],
  activities: ['file...', 'activities that other programs made: what --json prints', 'files, - for standard input'],
};

/** The scripts read Subversion and Maildirs. */
const namesFor = (kind: SourceKind): string[] =>
  Object.keys(calendarSettings).filter((name) => name !== 'compat' || kind === 'svn' || kind === 'maildir');

/** The command for one kind of source below another command. */
function kindCommand(kind: SourceKind, verb: Verb, onRequest: OnRequest): Command {
  const [argument, help, argumentHelp] = sourceHelp[kind];
  const command = new Command(kind).description(help).argument(`<${argument}>`, argumentHelp);
  addSettings(command, sourceSettings, settingsOfKind[kind]);
  return command.action((locations: string[], _: unknown, self: Command) =>
    onRequest({ command: verb, kind, locations, options: self.optsWithGlobals<OptionTexts>() }),
  );
}

/** A command whose sources are a kind with its options, or in a configuration file. */
function verbCommand(verb: Verb, help: string, settings: object, run: readonly string[], onRequest: OnRequest) {
  const command = new Command(verb).description(help).usage('(--config FILE | KIND SOURCE… [options])');
  addSettings(command, runSettings, ['config']);
  addSettings(command, settings);
  addSettings(command, runSettings, [...run, 'progress', 'quiet']);
  command.addHelpText('after', configExample);
  command.action((options: OptionTexts) => onRequest({ command: verb, locations: [], options }));
  return command;
}

/**
 * The command line: its commands, options and help. Their values stay texts.
 *
 * @param onRequest gets what is asked for when the program has parsed its arguments
 */
export function makeProgram(onRequest: OnRequest): Command {
  const program = new Command('activity-calendar')
    .description('Commits, mails and whatever else was done, as a calendar: a file, a feed, on a CalDAV server.')
    .version(packageVersion(new URL('../../package.json', import.meta.url)))
    .addHelpText('after', programExamples);
  program.configureHelp({ showGlobalOptions: true }).usage('COMMAND [options]');
  for (const kind of sourceKinds) {
    const command = kindCommand(kind, 'write', onRequest);
    addSettings(command, calendarSettings, namesFor(kind));
    program.addCommand(addSettings(command, runSettings, ['follow', 'json', 'dryRun', 'progress', 'quiet']));
  }
  const ways: readonly [Verb, string, object, readonly string[]][] = [
    ['write', 'write one calendar from several sources', calendarSettings, ['follow', 'json', 'dryRun']],
    ['serve', 'serve the calendar as a feed, with a page', { ...contentSettings, ...serveSettings }, ['once']],
    [
      'push',
      'put the events on a CalDAV server',
      { ...contentSettings, ...caldavSettings },
      ['follow', 'json', 'dryRun'],
    ],
    ['stats', 'a heatmap of the days in the terminal, or numbers', {}, ['year', 'utc', 'json']],
  ];
  for (const [verb, help, settings, run] of ways) {
    const command = verbCommand(verb, help, settings, run, onRequest);
    for (const kind of verb === 'write' ? [] : sourceKinds) command.addCommand(kindCommand(kind, verb, onRequest));
    program.addCommand(command);
  }
  return program.addCommand(completionCommand(program, (text) => onRequest({ command: 'print', text })));
}
