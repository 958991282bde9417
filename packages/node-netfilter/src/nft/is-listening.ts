import { readFile } from 'node:fs/promises';

const netfilterProtocol = '12';
/** NFNLGRP_NFTABLES is 7 (linux/netfilter/nfnetlink.h). */
const nftablesGroup = 1 << 6;

/**
 * Whether a process has a netlink socket that hears of changes to nf_tables, as its network namespace says: columns of
 * `/proc/PID/net/netlink` are address, protocol, port id, groups. A socket's port id is its process's number as a rule.
 */
export async function isListening(pid: number): Promise<boolean> {
  const text = await readFile(`/proc/${pid}/net/netlink`, 'utf8').catch(() => '');
  return text.split('\n').some((line) => {
    const [, protocol, portId, groups] = line.trim().split(/\s+/);
    return (
      protocol === netfilterProtocol &&
      portId === String(pid) &&
      (Number.parseInt(groups ?? '', 16) & nftablesGroup) !== 0
    );
  });
}
