import { eximCommand } from '../exim/exim-command.ts';
import { refuseUntold } from '../exim/refuse-untold.ts';
import type { ActionOptions } from '../options.ts';
import type { QueueAction } from '../queue-action.ts';
import type { QueuePlace } from '../queue-place.ts';
import { type ActionCommand, actionCommand } from './action-command.ts';
import { type ActionSettings, actionSettings } from './action-settings.ts';
import { checkAction } from './check-action.ts';
import { type LookUp, lookUpIn } from './look-up.ts';

/** All that acting on messages needs to know, checked. */
export interface Acting {
  readonly place: QueuePlace;
  readonly action: QueueAction;
  readonly command: ActionCommand;
  readonly settings: ActionSettings;
  readonly lookUp: LookUp;
}

/** @throws {EximQueueError} `OPTION`; `NO_EXIM` for a place without one, but for a dry run */
export function actingOf(place: QueuePlace, action: QueueAction, options: ActionOptions): Acting {
  checkAction(action);
  const settings = actionSettings(options);
  if (!settings.dryRun) eximCommand(place, []);
  if (settings.recheck !== undefined && place.backend === 'exim')
    refuseUntold(settings.recheck, place.backendReason, 'recheck');
  return { place, action, command: actionCommand(action), settings, lookUp: lookUpIn(place, settings.reports) };
}
