import type { ServerResponse } from 'node:http';
import { objectName } from '../dav-objects.ts';

/** Answers a request, and says that it is answered. */
export const end = (
  response: ServerResponse,
  status: number,
  headers: Record<string, string> = {},
  body: string = '',
): true => {
  response.writeHead(status, headers).end(body);
  return true;
};

/** Where an activity's object is on the fake server. */
export const pathOf = (uid: string): string => `/home/commits/${objectName(uid)}`;
