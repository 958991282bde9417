/** Name of the sub-directory that a message of this id lies in with `split_spool_directory`: its sixth character. */
export const splitFolder = (id: string): string => id.charAt(5);
