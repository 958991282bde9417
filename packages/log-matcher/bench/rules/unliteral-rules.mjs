/** Rules for an access log that need no text of any kind: classes only, so that every line has to be searched. */
export const unliteralRules = [
  // A failed request for something large.
  String.raw`^(?P<fid>\S+)\s.*\s[45]\d\d\s\d{6}\s`,
  // A method of seven capitals on a path that holds a long number.
  String.raw`^(?P<fid>\S+)\s.*\W[A-Z]{7}\s\S*\d{6}`,
  // Two numbers of six digits with one character between them.
  String.raw`^(?P<fid>\S+)\s.*\s\S+\D\d{6}\D\d{6}\s`,
  // A user's name and a status of 403 or 500.
  String.raw`^(?P<fid>\S+)\s\W\s[a-z]+\s.*\s[45]0[03]\s`,
];
