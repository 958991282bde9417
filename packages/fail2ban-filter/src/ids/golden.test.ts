import { parseNetwork } from '@sluice/pipeline';
import { Conformance } from '../../../../tools/testing/conformance.ts';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { corpus, corpusJson } from '../../../../tools/testing/fail2ban-corpus.ts';
import { knownDifference } from '../testing/known-difference.ts';
import { ownId } from './failure-id.ts';

interface AddressRow {
  readonly str: string;
  readonly valid: boolean;
  readonly single: boolean;
  readonly family: string | null;
}

/** Text, family and extent of what is an address or network; undefined of anything else. */
function ours(text: string): unknown {
  const read = text === '' ? undefined : ownId(text);
  if (read?.kind !== 'id') return undefined;
  const network = parseNetwork(read.id);
  return network && { str: read.id, family: `inet${network.address.family}`, single: read.address !== undefined };
}

describeWith([corpus], "fail2ban's addresses", () => {
  const golden = 'addr.json';
  const conformance = new Conformance(golden, knownDifference(golden));

  test('are the same, invalid ones refused', () => {
    for (const [text, { valid, str, family, single }] of Object.entries(corpusJson<Record<string, AddressRow>>(golden)))
      conformance.row(text, ours(text), valid ? { str, family, single } : undefined);
    conformance.expectAll(19);
  });
});
