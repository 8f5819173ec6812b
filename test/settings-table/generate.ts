import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PAGE, pageOf } from './page.ts';

const ROOT = join(import.meta.dirname, '../..');
writeFileSync(join(ROOT, PAGE), pageOf(readFileSync(join(ROOT, '.env.example'), 'utf8')));
console.log(PAGE);
