/** Kinds of sources, as the command line and configuration files name them. */
export const sourceKinds = ['svn', 'git', 'hg', 'maildir', 'activities'] as const;

export type SourceKind = (typeof sourceKinds)[number];
