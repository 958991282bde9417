import type { Clock } from '@sluice/pipeline';
import type { BanDecider } from './ban-decider.ts';
import type { BanList } from './ban-list.ts';
import type { FailureIntake } from './failure-intake.ts';
import { after } from './ignore/eventually.ts';
import type { KeptBan } from './state/kept-state.ts';
import type { WorkQueue } from './work-queue.ts';

/** What a restorer works with. */
export interface RestorerParts {
  readonly bans: BanList<KeptBan>;
  readonly clock: Clock;
  readonly decider: BanDecider;
  readonly intake: FailureIntake;
  readonly work: WorkQueue;
}

/** Told how a ban came out: as it stands now, or undefined when it does not. */
type Outcome = (standing: KeptBan | undefined) => void;

/** Lets bans of an earlier life stand again, each when it is known that nobody spares its id by now. */
export class Restorer {
  readonly #parts: RestorerParts;
  /** Those whose turn has not come. */
  readonly #waiting = new Map<string, KeptBan>();

  constructor(parts: RestorerParts) {
    this.#parts = parts;
  }

  /** Restores a ban unless it is over, its id is spared, or a ban of it stands already. */
  restore(ban: KeptBan, then: Outcome): void {
    const { bans, clock, intake, work } = this.#parts;
    this.#waiting.set(ban.id, ban);
    void work.run(() => {
      const isOver = ban.endMs <= clock.nowMs();
      if (isOver) this.#waiting.delete(ban.id);
      const judged = this.#waiting.has(ban.id) ? intake.unlessSpared(ban, () => this.#stand(ban.id)) : undefined;
      return after(judged, () => {
        this.#waiting.delete(ban.id);
        then(bans.get(ban.id));
      });
    });
  }

  /** Restores those that wait at once, all or one of them: somebody is about to end them, and must find them. */
  hasten(id?: string): void {
    const ids = id === undefined ? [...this.#waiting.keys()] : [id];
    for (const one of ids) this.#stand(one);
  }

  #stand(id: string): void {
    const ban = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (ban !== undefined && this.#parts.bans.get(id) === undefined) this.#parts.decider.restore(ban);
  }
}
