/** What the control socket carries. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
