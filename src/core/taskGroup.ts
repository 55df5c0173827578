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
  let first: { readonly error: unknown } | null = null;
  const results = await Promise.all(
    tasks.map(async (task) => {
      try {
        return await task(combined);
      } catch (error) {
        first ??= { error };
        controller.abort(error);
        return undefined;
      }
    }),
  );
  const failure = first as { readonly error: unknown } | null;
  if (failure) throw failure.error;
  return results as { -readonly [K in keyof T]: Awaited<ReturnType<T[K]>> };
}
