import type { FastifyReply, FastifyRequest } from 'fastify';
import { ZodError, type core } from 'zod';
import { ApiError, messageOf } from '../bot-api/api-error.ts';
import { isRecord } from '../bot-api/params.ts';

/** As zod words it where no other words were given. */
const TYPE_MISMATCH = /^Invalid input: expected (\w+), received (\w+)$/;

/** What the control plane refuses: `{ "error": sentence }`, under a 4xx if the caller can mend it. */
export async function sendControlError(error: unknown, reply: FastifyReply) {
  if (error instanceof ApiError) {
    return reply.code(error.errorCode).send({ error: error.message.replace('Bad Request: ', '') });
  }
  if (error instanceof ZodError) {
    return reply.code(400).send({ error: error.issues.map(inWords).join('; ') });
  }
  const status = statusOf(error);
  const sentence = status === 415 ? 'send JSON, as application/json' : messageOf(error);
  return reply.code(status).send({ error: sentence });
}

/** A path that is none. */
export const refusePath = ({ method, url }: FastifyRequest): never => {
  throw new ApiError(404, `there is no ${method} ${url.split('?')[0]}`);
};

/** The HTTP status an error brings along; 500 if none. */
export const statusOf = (error: unknown): number =>
  isRecord(error) && typeof error['statusCode'] === 'number' ? error['statusCode'] : 500;

/** One complaint about the body, naming the field as the caller wrote it. */
function inWords(issue: core.$ZodIssue): string {
  const name = issue.path.length > 0 ? `"${issue.path.join('.')}"` : 'the body';
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => `"${key}"`).join(', ');
    return `${names} ${issue.keys.length > 1 ? 'are' : 'is'} not known here`;
  }
  if (issue.code === 'invalid_value') {
    return `${name} must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
  }
  const [, expected = '', received = ''] = TYPE_MISMATCH.exec(issue.message) ?? [];
  if (expected === '') return `${name} ${issue.message}`;
  if (received === 'undefined' && issue.path.length > 0) return `${name} is missing`;
  const wanted = issue.path.length > 0 ? withArticle(expected) : 'a JSON object';
  const isFraction = expected === 'int' && received === 'number';
  return `${name} must be ${wanted}${isFraction ? '' : `, not ${withArticle(received)}`}`;
}

const withArticle = (type: string): string => {
  if (type === 'int') return 'a whole number';
  if (type === 'undefined') return 'empty';
  if (type === 'null' || type === 'NaN') return type;
  return `${/^[aeio]/.test(type) ? 'an' : 'a'} ${type}`;
};
