/** What tsdav makes of an answer: one for each resource, or one for the whole answer where that is not a multistatus. */
export interface DavResponse {
  readonly href?: string;
  readonly status: number;
  readonly statusText: string;
  readonly ok: boolean;
  /** Properties by their names in camel case, without namespaces. */
  // biome-ignore lint/suspicious/noExplicitAny: whatever XML a server sent.
  readonly props?: { readonly [name: string]: any };
  // biome-ignore lint/suspicious/noExplicitAny: text, or the whole answer as an object.
  readonly raw?: any;
}

interface Common {
  readonly fetch: typeof globalThis.fetch;
  readonly headers?: Record<string, string>;
}

/** XML as xml-js writes it from objects. */
export interface Element {
  readonly [name: string]: Element | string | readonly string[] | Record<string, string>;
}

/** The part of tsdav 2.3 that is used here. */
export interface TsDav {
  davRequest(
    params: Common & {
      url: string;
      init: { method: 'REPORT'; namespace: string; headers: Record<string, string>; body: Element };
    },
  ): Promise<DavResponse[]>;
  propfind(params: Common & { url: string; depth: '0' | '1'; props: Element }): Promise<DavResponse[]>;
  makeCalendar(params: Common & { url: string; props: Element }): Promise<DavResponse[]>;
  createAccount(
    params: Common & { account: { serverUrl: string; accountType: 'caldav' } },
  ): Promise<{ homeUrl?: string | undefined }>;
  createObject(params: Common & { url: string; data: string }): Promise<Response>;
  updateObject(params: Common & { url: string; data: string }): Promise<Response>;
  deleteObject(params: Common & { url: string }): Promise<Response>;
}
