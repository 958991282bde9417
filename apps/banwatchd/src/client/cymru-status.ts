import { Resolver } from 'node:dns/promises';
import { parseAddress } from '@sluice/pipeline';
import type { Json } from '../control/json.ts';
import type { Answer } from '../control/message.ts';
import { NoAnswer } from './control-client.ts';
import { lookUpOrigins, type ResolveTxt } from './cymru-origins.ts';
import { ask, failed, printAnswer, type Session } from './session.ts';

const queryMs = 5000;
const tries = 2;

/**
 * `status JAIL cymru`: the basic status, with the networks, countries and registries of who is banned. They are looked up by
 * the client, in the DNS of Team Cymru, so that the daemon asks nobody.
 */
export async function cymruStatus(session: Session, words: readonly string[]): Promise<boolean> {
  const answer = await answerOf(session, words);
  if (answer === undefined) return false;
  if (!answer.ok) return printAnswer(session, words, answer);
  const resolver = new Resolver({ timeout: queryMs, tries });
  const value = await withOrigins(answer.value, (name) => resolver.resolveTxt(name));
  return printAnswer(session, words, { ...answer, value });
}

async function answerOf(session: Session, words: readonly string[]): Promise<Answer | undefined> {
  try {
    return await ask(session, words);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    failed(session, error);
    return undefined;
  }
}

/** A jail's status with what is known of the addresses in it. */
export async function withOrigins(status: Json, resolveTxt: ResolveTxt): Promise<Json> {
  const { actions, ...rest } = status as { actions: { banned?: readonly string[] } };
  const addresses = (actions.banned ?? []).flatMap((id) => parseAddress(id.replace(/\/\d+$/, '')) ?? []);
  const origins = await lookUpOrigins(addresses, resolveTxt);
  return {
    ...rest,
    actions: {
      ...actions,
      asns: origins.map(({ asn }) => asn),
      countries: origins.map(({ country }) => country),
      rirs: origins.map(({ rir }) => rir),
    },
  };
}
