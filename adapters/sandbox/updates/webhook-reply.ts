import { Params, isRecord, type Upload } from '../bot-api/params.ts';

/** As with Telegram, getters and the methods about the webhook itself are not run from a reply. */
const LEFT_ALONE = /^(get|setwebhook$|deletewebhook$|close$|logout$)/i;
const FORM = /^(multipart\/form-data|application\/x-www-form-urlencoded)/i;
const JSON_TYPE = /^application\/json/i;

/**
 * The method that a bot put into its reply to a webhook, with its parameters: JSON, urlencoded or
 * multipart, each only under its own content type. `undefined` if there is none to be run.
 */
export async function readReply(response: Response): Promise<Params | undefined> {
  const type = response.headers.get('content-type') ?? '';
  const params = await readParams(response, type).catch(() => undefined);
  const method = params?.text('method') ?? '';
  return method === '' || LEFT_ALONE.test(method) ? undefined : params;
}

async function readParams(response: Response, type: string): Promise<Params | undefined> {
  if (FORM.test(type)) return fromForm(await response.formData());
  const text = await response.text();
  if (!JSON_TYPE.test(type)) return undefined;
  const body: unknown = JSON.parse(text);
  return isRecord(body) ? new Params(new Map(Object.entries(body)), new Map()) : undefined;
}

async function fromForm(form: FormData): Promise<Params> {
  const values = new Map<string, unknown>();
  const uploads = new Map<string, Upload>();
  for (const [name, value] of form) {
    if (typeof value === 'string') values.set(name, value);
    else {
      uploads.set(name, { filename: value.name, bytes: Buffer.from(await value.arrayBuffer()) });
    }
  }
  return new Params(values, uploads);
}
