const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Stops this thread for a while: for who reads or writes synchronously and has to wait for the other end. */
export const blockFor = (ms: number): void => void Atomics.wait(sleeper, 0, 0, ms);
