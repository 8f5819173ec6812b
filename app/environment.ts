import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';

/** The process's environment, with what `.env` in the working directory adds to it. */
export const environment = (): NodeJS.ProcessEnv => {
  if (existsSync('.env')) loadEnvFile('.env');
  return process.env;
};
