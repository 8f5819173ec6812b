import 'reflect-metadata';
import { Container, type ContainerModule } from 'inversify';

/** A container and the way to take it down in order. */
export interface Application {
  readonly container: Container;
  /** Deactivates module by module, last first: jobs, loops, Telegram, database. */
  close(): Promise<void>;
}

export const assemble = (modules: readonly ContainerModule[]): Application => {
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(...modules);
  return {
    container,
    close: async () => {
      for (const module of modules.toReversed()) await container.unloadAsync(module);
    },
  };
};
