import { isMessageId } from '@sluice/exim-queue/batches';
import { usageError } from '../command-line/usage-error.ts';

const cure = 'an id looks like 1xVJLa-000000005ms-1ML7 or 1rAbCd-000123-Xy';

/**
 * The ids among the operands, each once; `-` stands for standard input.
 *
 * @throws EximqError `ERR_EXIMQ_USAGE` for what is no id
 */
export function checkIds(operands: readonly string[]): { readonly ids: readonly string[]; readonly hasInput: boolean } {
  const ids = operands.filter((operand) => operand !== '-');
  for (const id of ids) {
    if (!isMessageId(id)) throw usageError(`${JSON.stringify(id)} is no message id`, cure);
  }
  return { ids: [...new Set(ids)], hasInput: ids.length < operands.length };
}
