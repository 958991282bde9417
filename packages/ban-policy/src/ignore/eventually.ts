/** A value that is known, or will be. */
export type Eventually<T> = T | Promise<T>;

/** Goes on with the value: at once where it is known, so that the usual case costs no turn of the event loop. */
export function after<U>(value: Promise<void> | undefined, next: () => U): Promise<U> | undefined;
export function after<T, U>(value: Eventually<T>, next: (value: T) => Eventually<U>): Eventually<U>;
export function after<T, U>(value: Eventually<T>, next: (value: T) => Eventually<U>): Eventually<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
