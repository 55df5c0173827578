/**
 * Runs tasks side by side: the first failure aborts the signal of the others, all are awaited, the first failure is thrown.
 * The results stand in the order of the tasks.
 */
export async function taskGroup<const T extends readonly ((signal: AbortSignal) => Promise<unknown>)[]>(
  signal: AbortSignal,
  tasks: T,
): Promise<{ -readonly [K in keyof T]: Awaited<ReturnType<T[K]>> }> {
  const controller = new AbortController();
  const combined = AbortSignal.any([signal, controller.signal]);
  const failures: unknown[] = [];
  const results = await Promise.all(
    tasks.map(async (task) => {
      try {
        return await task(combined);
      } catch (error) {
        failures.push(error);
        controller.abort(error);
        return undefined;
      }
    }),
  );
  if (failures.length > 0) throw failures[0];
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- one result per task, in their order; none failed
  return results as { -readonly [K in keyof T]: Awaited<ReturnType<T[K]>> };
}
