import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PAGE, pageOf } from './page.ts';
import { wordings } from './wordings.ts';

const all = wordings();
writeFileSync(join(import.meta.dirname, '../..', PAGE), pageOf(all));
console.log(`${PAGE}: ${all.length} texts`);
