import { describeTable } from '../netfilter/describe-command.ts';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { TableRef } from '../ruleset/table.ts';
import { complaintErrno } from './complaint-errno.ts';
import { nftComplaints } from './nft-complaints.ts';
import { wholeFault } from './whole-fault.ts';

const ENOENT = 2;

/** What is not there of what was to be read: `table`, or what is in it. Undefined: it is something else. */
export function absentOf(words: readonly string[], table: string, stderr: string): 'table' | 'inside' | undefined {
  const [complaint] = nftComplaints(stderr);
  if (complaint === undefined || complaintErrno(complaint.text) !== ENOENT) return undefined;
  const tableColumn = words.slice(0, words.indexOf(table)).join(' ').length + 2;
  return complaint.column === tableColumn ? 'table' : 'inside';
}

/** The error for something that could not be read. */
export function readFault(
  words: readonly string[],
  ref: TableRef & { readonly set?: string },
  stderr: string,
): NodeNetfilterError {
  const absent = absentOf(words, ref.table, stderr);
  if (absent === undefined) return wholeFault(stderr);
  const table = describeTable(ref);
  if (absent === 'table' || ref.set === undefined)
    return new NodeNetfilterError('NO_TABLE', `${table} is not there (ENOENT)`, { errno: ENOENT, cure: 'make it' });
  return new NodeNetfilterError('NO_SET', `set ${ref.set} of ${table} is not there (ENOENT)`, {
    errno: ENOENT,
    cure: 'make it',
  });
}
