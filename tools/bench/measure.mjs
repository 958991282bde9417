// What a bench times its runs with.
export { measureCommand } from './measure-command.mjs';
export { measureProcess as measure } from './measure-process.mjs';
