// The bot with one deliberate defect between it and its database: see mutants.ts.
import { readConfig } from '../../app/config.ts';
import { assembleBot } from '../../app/container.ts';
import { TOKENS } from '../../app/tokens.ts';
import { mutantNamed, mutated } from './mutants.ts';

const application = assembleBot(readConfig(process.env));
const { container } = application;
container.onActivation(TOKENS.PostgresPorts, (_context, ports) =>
  mutated(ports, mutantNamed(process.env['FAULTS_MUTANT'])),
);
const pipeline = await container.getAsync(TOKENS.Pipeline);
await pipeline.start();
console.log('Upah is running with a defect');
