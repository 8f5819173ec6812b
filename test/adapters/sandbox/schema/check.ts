import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { ApiRequest, Sandbox, SandboxClient } from '../../../../adapters/sandbox/index.ts';

export const SCHEMA_FILE = join(import.meta.dirname, 'answers.json');
const SHOWN_MAX = 600;

let ajv: Ajv | undefined;

/** The same sandbox; before its log goes, every answer in it is held against Telegram's types. */
export function checked(sandbox: Sandbox): Sandbox {
  const { client } = sandbox;
  const reset = client.reset.bind(client);
  client.reset = () => checkAnswers(client).then(reset);
  let checking: Promise<void> | undefined;
  return {
    ...sandbox,
    stop: async () => {
      checking ??= checkAnswers(client);
      try {
        await checking;
      } finally {
        await sandbox.stop();
      }
    },
  };
}

/** The last answer of a sandbox that was checked, by its place in the log. */
const checkedUpTo = new WeakMap<SandboxClient, number>();

/**
 * Fails, naming method and field, if the sandbox answered anything that Telegram would not; also if
 * answers have left the log since the check before.
 */
export async function checkAnswers(client: SandboxClient): Promise<void> {
  const calls = await client.requests();
  const known = checkedUpTo.get(client) ?? 0;
  const lost = (calls[0]?.sequence ?? 0) - known - 1;
  if (lost > 0) throw new Error(`${lost} answers left the log before anybody checked them`);
  checkedUpTo.set(client, Math.max(known, calls.at(-1)?.sequence ?? 0));
  const complaints = calls.flatMap(complaintOf);
  if (complaints.length > 0) throw new Error([...new Set(complaints)].join('\n'));
}

/** Fails if this is not an update as Telegram sends it. */
export function checkUpdate(update: unknown): void {
  const [complaint] = judge('update', update, 'Schema/properties/update');
  if (complaint !== undefined) throw new Error(complaint);
}

/** What is wrong with an answer; what a fault put in its place is not judged. */
function complaintOf({ method, answer }: ApiRequest): readonly string[] {
  if (answer['ok'] === false)
    return judge(`refusal of ${method}`, answer, 'Schema/properties/refusal');
  if (answer['ok'] !== true) return [];
  const name = `answer of ${method}`;
  return judge(name, answer['result'], `Answers/properties/${method}`);
}

function judge(name: string, value: unknown, pointer: string): readonly string[] {
  const validate = validator(pointer);
  if (!validate) return [`${name}: add the method to test/adapters/sandbox/schema/answers.ts`];
  if (validate(value)) return [];
  const shown = JSON.stringify(value)?.slice(0, SHOWN_MAX);
  return [`${name} is not Telegram's: ${inWords(validate.errors ?? [])}\n  ${shown}`];
}

function validator(pointer: string): ValidateFunction | undefined {
  ajv ??= new Ajv({ allErrors: true, allowUnionTypes: true }).addSchema(
    JSON.parse(readFileSync(SCHEMA_FILE, 'utf8')) as object,
    'answers',
  );
  return ajv.getSchema(`answers#/definitions/${pointer}`);
}

/** Of several types that it could have been, the one that it misses least. */
function inWords(errors: readonly ErrorObject[]): string {
  const byType = Map.groupBy(
    errors.filter(({ keyword }) => keyword !== 'anyOf'),
    ({ schemaPath }) => schemaPath.split('/')[2] ?? '',
  );
  const [nearest = errors] = [...byType.values()].toSorted((a, b) => a.length - b.length);
  return nearest
    .map(({ instancePath, message, params }) => {
      const [detail] = Object.values(params as Record<string, unknown>);
      return `${instancePath || 'it'} ${message} (${String(detail)})`;
    })
    .join('; ');
}
