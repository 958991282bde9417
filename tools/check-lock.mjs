// Checks that package-lock.json installs on every platform and from every registry.
// Usage: node tools/check-lock.mjs [folder]; one line per fault, exit 1 when there is any.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkLock } from './check/check-lock.mjs';
import { report } from './check/report.mjs';

report(checkLock(JSON.parse(readFileSync(path.join(process.argv[2] ?? '.', 'package-lock.json'), 'utf8'))));
