import type { ResolutionContext, ServiceIdentifier } from 'inversify';

/** Under which token each part is found. */
export type Tokens<P> = { readonly [K in keyof P]: ServiceIdentifier<P[K]> };

/** Makes something of parts that are given by name: so many would read badly by place. */
export const byName =
  <P extends object, T>(tokens: Tokens<P>, make: (parts: P) => T | Promise<T>) =>
  async (context: ResolutionContext): Promise<T> => {
    const entries = Object.entries<ServiceIdentifier>(tokens);
    const parts = entries.map(
      async ([name, token]) => [name, await context.getAsync(token)] as const,
    );
    return make(Object.fromEntries(await Promise.all(parts)) as P);
  };
