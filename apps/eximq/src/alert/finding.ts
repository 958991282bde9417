export type AlertLevel = 'ok' | 'warning' | 'critical';

/** What a rule found. */
export interface Finding {
  readonly rule: 'queue' | 'frozen' | 'age' | 'growth' | 'sender-share';
  readonly level: AlertLevel;
  /** Messages, seconds of an age, percent of a share. */
  readonly value: number;
  readonly unit: '' | 's' | '%';
  /** Bounds in the same unit. */
  readonly warn?: number;
  readonly crit: number;
  /** One line, for people. It may have text of others in it, which is printable. */
  readonly text: string;
}
