import type { Activity } from '@sluice/pipeline';
import { CalendarFile } from '../file/calendar-file.ts';
import type { CalendarFileResult } from '../file/calendar-file-result.ts';
import type { CalendarFileOptions } from '../options.ts';

/** Writes activities to a calendar file in one go. */
export async function writeFile(
  path: string,
  activities: readonly Activity[],
  options: CalendarFileOptions = {},
): Promise<CalendarFileResult> {
  const file = new CalendarFile(path, options);
  await file.write(activities);
  return file.close();
}

/** The same with `mode: 'upsert'`. */
export const upsert = (
  path: string,
  activities: readonly Activity[],
  options: CalendarFileOptions = {},
): Promise<CalendarFileResult> => writeFile(path, activities, { ...options, mode: 'upsert' });
