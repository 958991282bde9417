/** What stands below the help of the program. */
export const programExamples = `
Examples:
  activity-calendar git . --author me@example.org -o commits.ics
  activity-calendar svn https://svn.example.org/repo --author me --since 2024 --name Work -o work.ics
  activity-calendar maildir ~/Maildir --author me@example.org --confidential -o mails.ics
  activity-calendar git ~/a ~/b --author 'Me*' --session 60m --follow -o ~/public/work.ics
  activity-calendar write --config calendar.yaml            several sources, one calendar
  activity-calendar serve git . --port 8080                 a feed to subscribe to, and a page
  ACTIVITY_CALENDAR_PASSWORD=… activity-calendar push git . --caldav https://dav.example.org --user me --calendar Work
  activity-calendar stats git . --author me                 a heatmap in the terminal
  activity-calendar git . --json | jq -r .title

Exit status: 0 done; 1 nothing found, or not all of it could be used; 2 wrong usage or failure.`;

/** A configuration file, as the help of the commands that take one shows it. */
export const configExample = `
A configuration file:
  name: What I did
  output: activity.ics
  author: [me, me@example.org]
  sources:
    - git: ~/src/project
      link: https://example.org/project/commit/{id}
    - svn: https://svn.example.org/repo
    - maildir: ~/Maildir
      confidential: true`;
