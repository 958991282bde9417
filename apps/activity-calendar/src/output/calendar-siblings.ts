import { readdirSync } from 'node:fs';
import path from 'node:path';

/** Files that one calendar consists of: `commits.ics`, `commits-2024.ics`, `commits-2024-03.2.ics`; those that are there. */
export function calendarSiblings(output: string): string[] {
  const { dir, name, ext } = path.parse(path.resolve(output));
  const isPart = (file: string): boolean =>
    file.startsWith(name) &&
    file.endsWith(ext) &&
    /^(?:-\d{4}(?:-\d\d)?)?(?:\.\d+)?$/.test(file.slice(name.length, file.length - ext.length));
  try {
    return readdirSync(dir)
      .filter(isPart)
      .map((file) => path.join(dir, file));
  } catch {
    return [];
  }
}
