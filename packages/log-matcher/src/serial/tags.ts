/**
 * First byte of each packed value. What follows it:
 * - `int`: zigzag as a varint (7 bits a byte, low first, 0x80 where more come); `float`: 8 bytes, little endian;
 * - `text`: varint of twice the length, plus 1 when there are two bytes a unit; then the units. Texts are numbered;
 *   `textRef`: varint, the text of that number;
 * - `array`: varint, number of items; the items. `map`: varint, number of entries; key and value of each;
 * - `shape`: varint, number of keys; the keys as texts; then the values. Shapes are numbered, and an object of one of the
 *   first shapes has {@link firstShapeTag} and its shape's number for a tag; `object`: varint, its shape's number;
 * - `typed`: a byte for its kind; varint, length in bytes; the bytes;
 * - `value`: a value that may come again. They are numbered as they end; `valueRef`: varint, the value of that number.
 */
export const tags = {
  undefined: 0,
  null: 1,
  false: 2,
  true: 3,
  int: 4,
  float: 5,
  text: 6,
  textRef: 7,
  array: 8,
  map: 9,
  shape: 10,
  object: 11,
  typed: 12,
  value: 13,
  valueRef: 14,
} as const;

/** Tags from here up to {@link firstIntTag} are objects of a shape. */
export const firstShapeTag = 0x40;

/** Tags from here on are the integers 0 to 127. */
export const firstIntTag = 0x80;

export type TypedData =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** A kind of array of numbers. */
export interface TypedKind {
  readonly name: string;
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBuffer): TypedData;
}

/** Arrays of numbers, by the byte that stands for their kind. */
export const typedKinds: readonly TypedKind[] = [
  Uint8Array,
  Int8Array,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
];
