import type { LineReport, ReportHit } from '@sluice/fail2ban-filter';
import type { Address, NameResolver } from '@sluice/pipeline';

const isNamed = ({ hostName }: ReportHit): boolean => hostName !== undefined;

/** Whether a name has to be looked up before a line can be counted. */
export const hasName = ({ hits }: LineReport): boolean => hits.some(isNamed);

function ofAddresses(hit: ReportHit, addresses: readonly Address[]): ReportHit[] {
  return addresses.map(({ text }) => ({ ...hit, id: text, hostName: undefined }));
}

/** The report with each host name's addresses in its place; a name without addresses is no hit. */
export async function resolveNames(report: LineReport, resolver: NameResolver): Promise<LineReport> {
  const hits: ReportHit[] = [];
  for (const hit of report.hits) {
    if (hit.hostName === undefined) hits.push(hit);
    else hits.push(...ofAddresses(hit, await resolver.addressesOf(hit.hostName)));
  }
  return { ...report, hits };
}
