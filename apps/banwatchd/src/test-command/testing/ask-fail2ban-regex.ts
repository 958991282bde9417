import { askPython } from '../../../../../tools/testing/python.ts';
import type { ToolRun } from './run-here.ts';

// One process for all runs: loading the modules takes longer than most of them.
const script = `
import contextlib, io
from fail2ban.client.fail2banregex import exec_command_line
answers = []
for args in json.load(sys.stdin):
  out = io.StringIO()
  status = 0
  with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
    try:
      exec_command_line(args)
    except SystemExit as end:
      status = end.code or 0
  answers.append({ 'status': status, 'out': out.getvalue() })
json.dump(answers, sys.stdout)
`;

/** What the installed `fail2ban-regex` prints for each list of arguments. */
export const askFail2banRegex = (runs: readonly (readonly string[])[]): readonly ToolRun[] => askPython(script, runs);
