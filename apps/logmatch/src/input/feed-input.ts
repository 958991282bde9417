import { compressionOf } from './compression.ts';
import type { LineFeed } from './line-feed.ts';
import type { OpenInput } from './open-input.ts';
import { readBlocking } from './read-blocking.ts';
import { unpack } from './unpack.ts';

/**
 * Reads an input to its end, unpacked, or until the feed has enough.
 *
 * @param onPause called after each read of what may be waited for: a pipe, a terminal
 */
export async function feedInput(input: OpenInput, feed: LineFeed, onPause: () => void): Promise<void> {
  const format = compressionOf(input.head);
  if (format === undefined) {
    feed.prepend(input.head);
    readPlain(input, feed, onPause);
    return;
  }
  for await (const block of unpack(input, format)) {
    feedBlock(feed, block);
    if (feed.isDone) return;
  }
}

function readPlain({ fd, size }: OpenInput, feed: LineFeed, onPause: () => void): void {
  while (!feed.isDone && feed.read((into, at, length) => readBlocking(fd, into, at, length)))
    if (size === undefined) onPause();
}

function feedBlock(feed: LineFeed, block: Uint8Array): void {
  let rest = block;
  while (rest.length > 0 && !feed.isDone) {
    feed.read((into, at, length) => {
      const part = rest.subarray(0, length);
      into.set(part, at);
      rest = rest.subarray(part.length);
      return part.length;
    });
  }
}
