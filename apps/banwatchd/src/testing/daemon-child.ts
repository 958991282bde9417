// A daemon in a process of its own: options as JSON; SIGHUP reloads, SIGTERM ends. Usage: <options>
import { startDaemon } from '../daemon.ts';

const daemon = startDaemon(JSON.parse(process.argv[2] ?? '{}'));
process.on('SIGTERM', () => void daemon.stop());
process.on('SIGHUP', () => void daemon.control.reload());
daemon.done.catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 2;
});
