// Checks what no compiler checks: who may import whom, and that every package has the house's form.
// Usage: node tools/check-workspace.mjs [folder]; one line per fault, exit 1 when there is any.
import { checkWorkspace } from './check/check-workspace.mjs';
import { report } from './check/report.mjs';

report(checkWorkspace(process.argv[2] ?? '.'));
