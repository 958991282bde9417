import type { Command } from '../ruleset/command.ts';
import type { TableRef } from '../ruleset/table.ts';

/** A table for people: `table inet filter`. */
export const describeTable = ({ family, table }: TableRef): string => `table ${family} ${table}`;

/** What a command is about, for people: `set banned of table inet filter`. */
export function describeCommand(command: Command, element?: number): string {
  switch (command.kind) {
    case 'add-table':
    case 'delete-table':
      return describeTable(command.table);
    case 'add-chain':
    case 'flush-chain':
    case 'delete-chain':
      return `chain ${command.chain.chain} of ${describeTable(command.chain)}`;
    case 'add-rule':
      return `a rule in chain ${command.rule.chain} of ${describeTable(command.rule)}`;
    case 'add-counter':
      return `counter ${command.counter.counter} of ${describeTable(command.counter)}`;
    case 'add-elements':
    case 'delete-elements': {
      const set = `set ${command.set.set} of ${describeTable(command.set)}`;
      return element === undefined ? set : `element ${command.elements[element]?.key} in ${set}`;
    }
    default:
      return `set ${command.set.set} of ${describeTable(command.set)}`;
  }
}

/** The table that a command is about. */
export function tableOf(command: Command): TableRef {
  switch (command.kind) {
    case 'add-table':
    case 'delete-table':
      return command.table;
    case 'add-chain':
    case 'flush-chain':
    case 'delete-chain':
      return command.chain;
    case 'add-rule':
      return command.rule;
    case 'add-counter':
      return command.counter;
    default:
      return command.set;
  }
}
