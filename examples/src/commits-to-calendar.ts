// The commits of a Git repository as a calendar, of one author or of all.
//
//   node examples/dist/commits-to-calendar.js commits.ics . me@example.org
//
// Run it again whenever you like: only what is new is added.
import { toCalendarFile } from '@sluice/ical-sink';
import { gitCommits, toActivities } from '@sluice/vcs-events';

const [calendar = 'commits.ics', repository = '.', ...authors] = process.argv.slice(2);

gitCommits(repository, authors.length > 0 ? { authors } : {})
  .pipe(
    toActivities(), // Commit → Activity
    toCalendarFile(calendar, { mode: 'upsert', name: 'Commits', refreshMs: 3_600_000 }),
  )
  .subscribe({
    next: ({ added, replaced, kept }) =>
      console.log(`${calendar}: ${added} new, ${replaced} changed, ${kept} as before`),
    error: ({ message }) => {
      console.error(message);
      process.exitCode = 2;
    },
  });
