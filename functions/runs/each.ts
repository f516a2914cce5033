/** Does something with each, so many at once. Stops at the first failure, which it throws. */
export async function each<T>(values: readonly T[], abreast: number, work: (value: T) => Promise<void>): Promise<void> {
  const queue = values.values();
  await Promise.all(
    Array.from({ length: Math.min(abreast, values.length) }, async () => {
      for (const value of queue) await work(value);
    }),
  );
}
