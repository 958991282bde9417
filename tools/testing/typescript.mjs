// Lets a child process run packages from source: `node --import <this file> --conditions @sluice/source child.ts`.
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
