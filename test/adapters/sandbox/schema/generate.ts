import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';

const { version } = createRequire(import.meta.url)('@grammyjs/types/package.json') as {
  version: string;
};
const path = join(import.meta.dirname, 'answers.ts');
const root = join(import.meta.dirname, '../../../..');

const { definitions, ...schema } = createGenerator({
  path,
  tsconfig: join(root, 'tsconfig.json'),
  type: 'Schema',
  jsDoc: 'none',
  additionalProperties: false,
  skipTypeCheck: true,
}).createSchema('Schema');

/** One definition a line: short, and a change shows in what it is about. */
const lines = Object.entries(definitions ?? {}).map(
  ([name, definition]) => `    ${JSON.stringify(name)}: ${JSON.stringify(definition)}`,
);
const head = { ...schema, $comment: `npm run schema: from @grammyjs/types ${version}` };
const text = `${JSON.stringify(head).slice(0, -1)},\n  "definitions": {\n${lines.join(',\n')}\n  }\n}\n`;
const file = join(import.meta.dirname, 'answers.json');
writeFileSync(file, text);
console.log(`${file}: ${lines.length} types, ${readFileSync(file).length} bytes`);
