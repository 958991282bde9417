import { SvnHistory } from '../../../tools/generate/svn-history.mjs';

/**
 * Commits of a history that never was, the same on every machine.
 *
 * @param {number} count
 * @returns {import('@sluice/pipeline').Activity[]}
 */
export function makeCommits(count) {
  const history = new SvnHistory();
  const source = { kind: 'svn', id: '13f79535-47bb-0310-9956-ffa450edef68', label: 'project' };
  return Array.from({ length: count }, () => {
    const { revision, author, date, message } = history.next();
    return {
      uid: `r${revision}@${source.id}`,
      source,
      startMs: Date.parse(date),
      title: `r${revision} ${message.split('\n')[0]}`.trim(),
      text: `${author}:\n\n${message}`,
      categories: ['project'],
      url: `https://svn.example.org/project?revision=${revision}`,
    };
  });
}
