import { ContainerModule } from 'inversify';
import { createMeters } from '../../adapters/metrics/index.ts';
import { TOKENS } from '../tokens.ts';

/** What is counted and timed. */
export const metricsModule = (): ContainerModule =>
  new ContainerModule(({ bind }) => {
    bind(TOKENS.Meters).toResolvedValue(createMeters, []);
  });
