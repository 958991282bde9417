/** Counts the forms of what is inside the envelope: raise it with every change of what a set is made of. */
export const serialFormat = 1;

/** The part of the package's version that changes with its behaviour: below 1.0 the minor version. */
export const packageSeries = '0.1';
