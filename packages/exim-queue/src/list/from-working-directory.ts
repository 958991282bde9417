/** A path below the working directory as seen from there; any other as it is. */
export const fromWorkingDirectory = (path: string, workingDirectory: string): string =>
  workingDirectory !== '/' && path.startsWith(`${workingDirectory}/`) ? path.slice(workingDirectory.length + 1) : path;
