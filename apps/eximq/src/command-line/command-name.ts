/** The commands of the program. */
export type CommandName =
  | 'list'
  | 'count'
  | 'show'
  | 'summary'
  | 'rm'
  | 'freeze'
  | 'thaw'
  | 'deliver'
  | 'bounce'
  | 'move'
  | 'add-rcpt'
  | 'mark-delivered'
  | 'set-sender'
  | 'watch'
  | 'metrics'
  | 'alert'
  | 'doctor';
