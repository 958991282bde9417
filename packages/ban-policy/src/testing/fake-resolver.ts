import { type Address, type NameResolver, parseAddress } from '@sluice/pipeline';

/** A resolver with answers of its own; `later` gives them in the next turn. Counts what it was asked. */
export class FakeResolver implements NameResolver {
  readonly asked: string[] = [];
  readonly #answers: Record<string, readonly string[]>;
  readonly #isLate: boolean;

  /** @param answers addresses by name, and names by address; may be changed */
  constructor(answers: Record<string, readonly string[]>, isLate: boolean = false) {
    this.#answers = answers;
    this.#isLate = isLate;
  }

  addressesOf(name: string): readonly Address[] | Promise<readonly Address[]> {
    this.asked.push(name);
    const addresses = (this.#answers[name] ?? []).flatMap((text) => parseAddress(text) ?? []);
    return this.#isLate ? Promise.resolve(addresses) : addresses;
  }

  nameOf({ text }: Address): string | undefined | Promise<string | undefined> {
    const name = this.#answers[text]?.[0];
    return this.#isLate ? Promise.resolve(name) : name;
  }
}
