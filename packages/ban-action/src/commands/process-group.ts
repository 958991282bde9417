/** Sends a signal to all processes of the group that `leader` leads; false when none is left. */
function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-leader, signal);
  } catch (error) {
    // EPERM: there is one, but it has taken another user's rights.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether any process of the group is left. A dead leader that nobody has waited for counts. */
export const groupAlive = (leader: number): boolean => signalGroup(leader, 0);

/** Asks the group to end (SIGTERM) and kills what is left of it after `graceMs` (SIGKILL). Resolves after the last signal. */
export async function endGroup(leader: number, graceMs: number): Promise<void> {
  const stepMs = 10;
  signalGroup(leader, 'SIGTERM');
  for (let waitedMs = 0; waitedMs < graceMs; waitedMs += stepMs) {
    if (!groupAlive(leader)) return;
    await new Promise((resolve) => setTimeout(resolve, stepMs));
  }
  signalGroup(leader, 'SIGKILL');
}
