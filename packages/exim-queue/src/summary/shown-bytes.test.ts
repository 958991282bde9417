import { shownBytes } from './shown-bytes.ts';

test.each([
  [0, 0],
  [351, 351],
  [1023, 1023],
  [1024, 1024],
  [2100, 2150.4],
  [1280, 1228.8],
  [10_240, 10_240],
  [700_123, 684 * 1024],
  [3_400_000, 3.2 * 1024 * 1024],
  [12_582_912, 12 * 1024 * 1024],
])('%i bytes are read from a listing as %d', (sizeBytes, shown) => {
  expect(shownBytes(sizeBytes)).toBe(shown);
});
