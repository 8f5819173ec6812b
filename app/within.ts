/** What the promise resolves to in time; undefined where it fails or takes longer. */
export const within = async <T>(msMax: number, promise: Promise<T>): Promise<T | undefined> => {
  const patience = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => patience.resolve(undefined), msMax);
  try {
    return await Promise.race([promise.catch(() => undefined), patience.promise]);
  } finally {
    clearTimeout(timer);
  }
};
