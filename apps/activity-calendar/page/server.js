/** What the server answers, or an error whose message can be shown. */
async function get(path, query, headers, signal) {
  const response = await fetch(`${path}?${query}`, { headers, signal, cache: 'no-store', credentials: 'same-origin' });
  if (response.status === 304) return { tag: headers['If-None-Match'], value: null };
  const value = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(value.error ?? `the server answered with status ${response.status}`);
  return { tag: response.headers.get('ETag'), value };
}

const queryOf = (filter) => new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''));

/** The numbers of the activities that a filter leaves; `value` is null when they are those that `tag` stands for. */
export const fetchStats = (filter, tag, signal) =>
  get('api/stats', queryOf(filter), tag === null ? {} : { 'If-None-Match': tag }, signal);

/** A piece of the list, newest first. */
export async function fetchActivities(filter, day, before, signal) {
  const query = queryOf(filter);
  if (day !== null) {
    query.set('from', day);
    query.set('to', day);
  }
  if (before !== null) query.set('before', before);
  return (await get('api/activities', query, {}, signal)).value;
}
