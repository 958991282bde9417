import type { Settings } from '@sluice/command-line';

/** Where `move` moves to. */
export interface MoveSettings {
  readonly to?: string;
}

/** What `set-sender` sets. */
export interface SenderSettings {
  readonly address?: string;
}

/** What `add-rcpt` adds. */
export interface RecipientSettings {
  readonly address?: readonly string[];
}

/** What `mark-delivered` marks. */
export interface DeliveredSettings extends RecipientSettings {
  readonly allRecipients?: boolean;
}

export const moveSettings: Settings<MoveSettings> = {
  to: { value: 'QUEUE', help: "the queue that they go to; '' is the main one" },
};

export const senderSettings: Settings<SenderSettings> = {
  address: { value: 'ADDRESS', help: 'the new sender; <> makes it a bounce' },
};

export const recipientSettings: Settings<RecipientSettings> = {
  address: { value: 'ADDRESS', isList: true, help: 'a recipient; may be given again' },
};

export const deliveredSettings: Settings<DeliveredSettings> = {
  ...recipientSettings,
  allRecipients: { help: 'all recipients' },
};
