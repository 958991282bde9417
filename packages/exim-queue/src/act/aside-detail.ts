/**
 * Why nothing can be done to a message that `move_frozen_messages` put aside, seen with Exim 4.96 and 4.98: it looks only in
 * `input`, and none of its options makes it look in `Finput`. Once the files are back in `input` every action works.
 */
export const asideDetail =
  'put aside by move_frozen_messages, where Exim does not reach it; move its -H and -D from Finput back to input, and its log from Fmsglog to msglog, then act again';
