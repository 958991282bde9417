const end = String.raw`(?: \[preauth\])?\s*$`;

/** Twenty-one rules for an auth log: what OpenSSH's server says of those who do not get in. */
export const sshdRules = [
  String.raw`error: PAM: Authentication (?:failure|error) for (?:(?:illegal|invalid) user )?(\S+) from <HOST>${end}`,
  `error: PAM: User not known to the underlying authentication module for .+ from <HOST>${end}`,
  String.raw`Failed \S+ for (?:invalid user )?(.*) from <HOST> port \d+(?: ssh\d)?\s*$`,
  'ROOT LOGIN REFUSED FROM <HOST>',
  String.raw`(?:Invalid|Illegal) user (.*?) from <HOST>(?: port \d+)?\s*$`,
  String.raw`User (\S+) from <HOST> not allowed because not listed in AllowUsers\s*$`,
  String.raw`User (\S+) from <HOST> not allowed because listed in DenyUsers\s*$`,
  String.raw`User (\S+) from <HOST> not allowed because not in any group\s*$`,
  String.raw`User (\S+) from <HOST> not allowed because a group is listed in DenyGroups\s*$`,
  String.raw`User (\S+) from <HOST> not allowed because none of user's groups are listed in AllowGroups\s*$`,
  String.raw`refused connect from \S+ \(<HOST>\)`,
  String.raw`Received disconnect from <HOST>(?: port \d+)?: ?3: .*Auth fail`,
  String.raw`Received disconnect from <HOST>(?: port \d+)?: ?11: .*\[preauth\]\s*$`,
  String.raw`pam_\w+\(sshd:auth\): authentication failure;(?: \w+=\S*){0,6} rhost=<HOST>(?:\s+user=\S*)?\s*$`,
  String.raw`error: maximum authentication attempts exceeded for (.*) from <HOST> port \d+(?: ssh\d)?${end}`,
  String.raw`Disconnecting (?:invalid|authenticating) user (.*) <HOST> port \d+: Change of username or service not allowed: `,
  String.raw`Connection (?:closed|reset) by (?:(?:invalid|authenticating) user (.*) )?<HOST> port \d+ \[preauth\]\s*$`,
  'Did not receive identification string from <HOST>',
  "Bad protocol version identification '.*' from <HOST>",
  String.raw`Unable to negotiate with <HOST> port \d+: no matching (?:\w+ ){1,4}found`,
  String.raw`banner exchange: Connection from <HOST> port \d+: invalid format`,
].map((message) => String.raw`sshd\[\d+\]: ${message}`);
