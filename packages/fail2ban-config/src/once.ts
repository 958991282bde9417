/** Does `step` when it is first asked for, and gives its value, or throws its error, each time. */
export function once<T>(step: () => T): () => T {
  let result: (() => T) | undefined;
  return () => {
    if (result === undefined) {
      try {
        const value = step();
        result = () => value;
      } catch (error) {
        result = () => {
          throw error;
        };
      }
    }
    return result();
  };
}
