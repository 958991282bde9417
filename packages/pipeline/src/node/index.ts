export { ChildFailure } from './child-failure.ts';
export { closable } from './closable.ts';
export { Due } from './due.ts';
export { FileWatch } from './file-watch.ts';
export { type HostResolverOptions, hostResolver } from './host-resolver.ts';
export { pause } from './pause.ts';
export { type Command, readChild } from './read-child.ts';
export { type RunChildOptions, runChild, runChildBytes } from './run-child.ts';
