import { statSync } from 'node:fs';
import path from 'node:path';
import { type ConfigFiles, type FilterConfig, parseOptionList, readFilter } from '@sluice/fail2ban-config';
import { loadConfig, loadFilterConfig, nodeConfigFiles } from '@sluice/fail2ban-config/loader';
import type { FilterSource } from '@sluice/fail2ban-filter';
import { ComponentError } from '@sluice/pipeline';
import { pythonDict } from './python-text.ts';
import { refused, TestError } from './test-error.ts';

/** The filter that REGEX stands for. */
export interface FilterChoice {
  readonly source: FilterSource;
  /** What is said of it before the test. */
  readonly header: readonly string[];
}

const mayBeFilter = /^\/{0,3}[\w/.-]+(?:\[.*\])?$/ms;
const filterFolder = 'filter.d';
const shownChars = 53;

/** A text as fail2ban-regex shows it in its head. */
export const shortened = (text: string): string =>
  text.length > shownChars ? `${text.slice(0, shownChars - 3)}...` : text;

const fault = (message: string, cause?: unknown): TestError =>
  new TestError('ERR_BANWATCH_TEST_FILTER', message, refused, cause);

const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() === true;

const useLine = (what: string, text: string): string => `Use ${what.padStart(11)} ${text}`;

/** Reads one file as a filter, wherever it lies. */
function readAlone(file: string, options: string): FilterConfig {
  const folder = path.dirname(path.resolve(file));
  const own = `${folder}/${filterFolder}/`;
  const real = (asked: string): string => {
    if (!asked.startsWith(own)) return asked;
    const name = asked.slice(own.length);
    return name === 'the-filter.conf' ? path.resolve(file) : path.join(folder, name);
  };
  const files: ConfigFiles = {
    read: (asked) => nodeConfigFiles.read(real(asked)),
    list: (asked) => nodeConfigFiles.list(real(asked)),
  };
  return readFilter(files, folder, `the-filter${options}`);
}

function load(read: () => FilterConfig, word: string): FilterConfig {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ComponentError)) throw error;
    throw fault(`Wrong config file: ${error.message}\nERROR: failed to load filter ${word}`, error);
  }
}

function optionsOf(word: string): ReturnType<typeof parseOptionList> {
  try {
    return parseOptionList(word);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw fault(`ERROR: Wrong filter name or options: ${why}\n       while parsing: ${word}`, error);
  }
}

/** The file of a filter that is named by `name`, looked for as fail2ban-regex does. */
function fileOf(name: string, configDir: string): string | undefined {
  const names = name.slice(-6).includes('.') ? [name] : [name, `${name}.conf`, `${name}.local`];
  const folder = path.basename(configDir) === filterFolder ? configDir : path.join(configDir, filterFolder);
  return names.map((file) => (file.includes('/') ? file : path.join(folder, file))).find(isFile);
}

function fromFile(word: string, file: string, configDir: string): FilterChoice {
  const { name, options } = optionsOf(word);
  const brackets = word.slice(name.length);
  const folder = name.includes('/') ? path.dirname(file) : configDir;
  const isKnown = folder === configDir || path.basename(folder) === filterFolder;
  const base = path.basename(folder) === filterFolder ? path.dirname(folder) : folder;
  const plain = path.basename(name).replace(/(?<=.)\.[^.]*$/, '');
  const header = [
    isKnown ? useLine('failregex', `filter file : ${plain}, basedir: ${base}`) : useLine('failregex', `file : ${name}`),
    ...(options.length === 0
      ? []
      : [`Use   filter options : ${pythonDict(options.map((option) => [option.name, option.value]))}`]),
  ];
  const read = (): FilterConfig =>
    isKnown ? loadFilterConfig(`${plain}${brackets}`, { configDir: base }) : readAlone(file, brackets);
  return { source: load(read, word), header };
}

/** The filter of a jail, as later releases of fail2ban take it; undefined when there is no such jail. */
function fromJail(word: string, configDir: string): FilterChoice | undefined {
  if (!/^[\w.-]+$/.test(word)) return undefined;
  const { jails, problems } = loadConfig(configDir, { jails: [word] });
  const filter = jails.find(({ name }) => name === word)?.filter;
  if (filter !== undefined) return { source: filter, header: [useLine('', `jail : ${word}`)] };
  const problem = problems.find(({ jail, error }) => jail === word && error.code !== 'ERR_FAIL2BAN_CONFIG_MISSING');
  if (problem === undefined) return undefined;
  throw fault(`ERROR: ${problem.error.message}\nERROR: failed to load filter ${word}`, problem.error);
}

/**
 * Finds out what REGEX is: the name of a filter, the path of one, the name of a jail, or a regex. Throws a TestError for a
 * filter that cannot be read.
 */
export function chooseFilter(word: string, configDir: string): FilterChoice {
  const list = mayBeFilter.test(word) ? optionsOf(word) : undefined;
  const file = list && fileOf(list.name, configDir);
  if (file !== undefined) return fromFile(word, file, configDir);
  const jail = list && fromJail(word, configDir);
  return jail ?? { source: { failRegex: [word] }, header: [useLine('failregex', `line : ${shortened(word)}`)] };
}
