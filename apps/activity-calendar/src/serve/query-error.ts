/** A query that cannot be answered: the message goes to who asked, with status 400. */
export class QueryError extends Error {
  override readonly name: string = 'QueryError';
}
