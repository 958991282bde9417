import fc from 'fast-check';
import type { QueueAction } from '../queue-action.ts';
import { AnswerReader } from './answer-reader.ts';

type Kind = QueueAction['kind'];

// Both releases print the same but for the ids' form.
describe.each([
  ['4.96', ['1xVUzy-0001Sp-1k', '1xVUzy-0001Sx-1m', '1xVUzy-0001T6-1p', '1xVUzy-0001TE-1s', '1xVUzy-0001TN-1v']],
  [
    '4.98',
    [
      '1xVVAA-000000003yh-1eQl',
      '1xVVAA-000000003z1-21xM',
      '1xVVAA-0000000041s-2ULN',
      '1xVVAA-0000000041y-2az4',
      '1xVVAA-00000000421-2doj',
    ],
  ],
])('AnswerReader with ids of Exim %s', (_, ids) => {
  const [a = '', b = '', c = '', d = '', e = ''] = ids;
  const read = (kind: Kind, lines: readonly string[]): readonly string[] => {
    const { answers } = new AnswerReader(kind, ids).read(lines.join('\n'));
    return ids.map((id) => answers.get(id)?.result ?? '');
  };
  const unknownToRemove = (id: string): string[] => [
    `Spool data file for ${id} does not exist`,
    'Continuing, to ensure all files removed',
    `Spool read error for ${id}-H: No such file or directory`,
    'Continuing to ensure all files removed',
    `Message ${id} has been removed or did not exist`,
  ];

  test('a list of which some are unknown and one is locked', () => {
    const lines = [
      `Message ${a} has been removed`,
      ...unknownToRemove(b),
      `Message ${c} is locked`,
      `Message ${d} has been removed`,
      ...unknownToRemove(e),
      '',
    ];
    expect(read('remove', lines)).toEqual(['done', 'gone', 'locked', 'done', 'gone']);
  });

  test('what is left of damaged messages is removed, not gone', () => {
    const lines = [
      `Spool format error for ${a}-H`,
      'Continuing to ensure all files removed',
      `Message ${a} has been removed`,
      `Spool data file for ${b} does not exist`,
      'Continuing, to ensure all files removed',
      `Message ${b} has been removed or did not exist`,
      `Spool read error for ${c}-H: No such file or directory`,
      'Continuing to ensure all files removed',
      `Message ${c} has been removed`,
    ];
    expect(read('remove', lines)).toEqual(['done', 'done', 'done', '', '']);
  });

  test('a plain user, whom Exim names no ids to', () => {
    const lines = ['Permission denied', `Spool data file for ${b} does not exist`, 'Permission denied', ''];
    expect(read('freeze', lines)).toEqual(['denied', 'gone', 'denied', '', '']);
    const own = [`Spool data file for ${a} does not exist`, `Message ${b} has been removed`, 'Permission denied'];
    expect(read('remove', own)).toEqual(['gone', 'done', 'denied', '', '']);
  });

  test('frozen, thawed, and both when there was nothing to do', () => {
    const freeze = [`Message ${a} is now frozen`, `Message ${b} is already frozen`, `Spool format error for ${c}-H`];
    expect(read('freeze', freeze)).toEqual(['done', 'unchanged', 'failed', '', '']);
    expect(read('thaw', [`Message ${b} is no longer frozen`, `Message ${a} is not frozen`])).toEqual([
      'unchanged',
      'done',
      '',
      '',
      '',
    ]);
  });

  test('all marked delivered, with the empty line at the end', () => {
    const lines = [
      `Message ${a} has been modified`,
      `Spool data file for ${b} does not exist`,
      `Message ${c} is locked`,
      '',
    ];
    expect(read('markDelivered', lines)).toEqual(['done', 'gone', 'locked', '', '']);
  });

  test('moved: no verb, and no line of its own', () => {
    const lines = [
      `Message ${a} Spool data file for ${b} does not exist`,
      `Message ${c} Message ${d} is locked`,
      `Message ${e} `,
    ];
    expect(read('move', lines)).toEqual(['done', 'gone', 'done', 'locked', 'done']);
    expect(read('move', [`Message ${a} Message ${b} `])).toEqual(['done', 'done', '', '', '']);
    expect(read('move', [`Spool format error for ${a}-H`, ''])).toEqual(['failed', '', '', '', '']);
  });

  test('a refusal with its reason on the next line', () => {
    const { answers } = new AnswerReader('addRecipients', [a]).read(
      `Message ${a} - error while adding recipient:\n  bad address nodomain: domain missing\n`,
    );
    expect(answers.get(a)).toEqual({
      result: 'failed',
      detail: 'error while adding recipient: bad address nodomain: domain missing',
    });
  });

  test('a full disk', () => {
    const why = 'spool file write error while modifying: No space left on device';
    const { answers } = new AnswerReader('freeze', ids).read(
      `Message ${a} could not be frozen: ${why}\nMessage ${b} - while adding recipient: ${why}\n`,
    );
    expect([a, b].map((id) => answers.get(id))).toEqual([
      { result: 'failed', detail: `could not be frozen: ${why}` },
      { result: 'failed', detail: `while adding recipient: ${why}` },
    ]);
  });

  test('tells what it does not understand, and takes no answer of it', () => {
    const lines = [
      `Message ${a} has been removed`,
      `Message ${b} is now frozen`,
      `Message ${a} is locked`,
      'Message 1xVVZZ-0001Sp-1k has been removed',
      'Permission denied',
      'Segmentation fault',
    ];
    const reader = new AnswerReader('remove', [a, b]).read(lines.join('\n'));
    expect([...reader.answers]).toEqual([
      [a, { result: 'done', detail: 'has been removed' }],
      [b, { result: 'denied', detail: 'Permission denied' }],
    ]);
    expect(reader.strange).toEqual([lines[1], lines[2], lines[3], lines[5]]);
  });

  test('answers that are cut off are none, but for what was said before', () => {
    const whole = unknownToRemove(a).join('\n');
    expect(read('remove', [`Message ${a} has been rem`])).toEqual(['', '', '', '', '']);
    expect(read('remove', [whole.slice(0, whole.length - 10)])).toEqual(['gone', '', '', '', '']);
  });
});

test('whatever is printed, only messages that were asked for have answers', () => {
  const ids = ['1xVUzy-0001Sp-1k', '1xVVAA-000000003yh-1eQl'];
  const id = fc.constantFrom(...ids, '1xVUzy-0001Sp-1z', 'x');
  const piece = fc.oneof(
    fc.constantFrom(
      'Message ',
      'Spool data file for ',
      ' is locked',
      ' does not exist',
      ' has been removed',
      '\n',
      '-H',
      ': ',
    ),
    fc.constantFrom('Permission denied', ' - error while:', '  ', 'Spool read error for ', ' or did not exist'),
    id,
    fc.string({ maxLength: 5 }),
  );
  const kinds: Kind[] = ['remove', 'freeze', 'thaw', 'move', 'markDelivered', 'addRecipients', 'editSender'];
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.array(piece, { maxLength: 30 }), (kind, pieces) => {
      const { answers } = new AnswerReader(kind, ids).read(pieces.join(''));
      expect([...answers.keys()].filter((one) => !ids.includes(one))).toEqual([]);
    }),
  );
});
