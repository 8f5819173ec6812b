#!/usr/bin/env node
import { userInfo } from 'node:os';
import { Command } from '@commander-js/extra-typings';
import { asOperator, asRefusal } from '../core/index.ts';
import { admins } from './commands/admins.ts';
import { audit } from './commands/audit.ts';
import { ledger } from './commands/ledger.ts';
import { migrate } from './commands/migrate.ts';
import { revenue } from './commands/revenue.ts';
import { sandbox } from './commands/sandbox.ts';
import { freeze, unfreeze } from './commands/unfreeze.ts';

const operator = asOperator(userInfo().username);

const program = new Command('upah')
  .description('Commands for the operator of an Upah marketplace.')
  .addCommand(admins(operator))
  .addCommand(audit(operator))
  .addCommand(ledger(operator))
  .addCommand(revenue(operator))
  .addCommand(freeze(operator))
  .addCommand(unfreeze(operator))
  .addCommand(migrate())
  .addCommand(sandbox());

try {
  await program.parseAsync();
} catch (error) {
  const refusal = asRefusal(error);
  if (refusal) console.error(`refused: ${refusal.code}`, refusal.details ?? '');
  else console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
