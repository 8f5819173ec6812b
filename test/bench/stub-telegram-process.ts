import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCourse, type Course } from './stub-telegram-course.ts';
import { STUB_TOKEN, type Asked, type Load, type Told } from './stub-telegram.ts';

const OK = '{"ok":true,"result":true}';
const NONE = '{"ok":true,"result":[]}';

const idle: Load = { updates: 0, people: 1, says: { text: '' }, answer: 'message' };
let lastMessage = 1_000;
let poll: { readonly response: ServerResponse; readonly limit: number } | undefined;
let pollEnds: NodeJS.Timeout | undefined;

const tell = (told: Told): void => void process.send?.(told);

const say = (response: ServerResponse, body: string): void => {
  response.setHeader('content-type', 'application/json');
  response.setHeader('content-length', Buffer.byteLength(body));
  response.end(body);
};

/** Answers the open poll, if there is something to say. */
const handOut = (): void => {
  if (!poll) return;
  const updates = course.waiting(poll.limit);
  if (updates.length === 0) return;
  endPoll(`{"ok":true,"result":[${updates.join()}]}`);
};

const endPoll = (body: string): void => {
  if (!poll) return;
  clearTimeout(pollEnds);
  const { response } = poll;
  poll = undefined;
  if (!response.destroyed) say(response, body);
};

let awayMs = 0;
let course: Course = createCourse(idle, {
  after: { nextUpdate: 1, screens: new Map() },
  onDue: handOut,
});

interface Call {
  readonly chat_id?: number | string;
  readonly message_id?: number;
  readonly text?: string;
  readonly caption?: string;
  readonly callback_query_id?: string;
  readonly reply_markup?: { readonly inline_keyboard?: readonly unknown[] };
  readonly offset?: number;
  readonly limit?: number;
  readonly timeout?: number;
}

const getUpdates = (response: ServerResponse, { offset = 0, limit = 100, timeout = 0 }: Call) => {
  endPoll(NONE); // a newer one takes its place
  course.confirm(offset);
  poll = { response, limit };
  handOut();
  if (!poll) return;
  if (timeout === 0) return endPoll(NONE);
  pollEnds = setTimeout(() => endPoll(NONE), timeout * 1_000);
};

/** A message was sent or edited: what the bot hears is its id, and the files that may be in it. */
const message = (call: Call, id: number): string => {
  const chat = Number(call.chat_id);
  const text = call.text ?? call.caption ?? '';
  const hasButtons = (call.reply_markup?.inline_keyboard?.length ?? 0) > 0;
  course.said({ chat, text, messageId: hasButtons ? id : undefined });
  handOut();
  const part = `[{"file_id":"f${id}","file_unique_id":"u${id}","width":1,"height":1}]`;
  return `{"ok":true,"result":{"message_id":${id},"date":1,"chat":{"id":${chat},"type":"private"},"photo":${part}}}`;
};

const ME = {
  id: Number(STUB_TOKEN.split(':')[0]),
  is_bot: true,
  first_name: 'Stub',
  username: 'stub_bot',
  can_join_groups: false,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
};

const METHODS: Readonly<Record<string, (call: Call) => string>> = {
  getMe: () => JSON.stringify({ ok: true, result: ME }),
  getWebhookInfo: () => '{"ok":true,"result":{"url":""}}',
  sendMessage: (call) => message(call, (lastMessage += 1)),
  sendPhoto: (call) => message(call, (lastMessage += 1)),
  sendDocument: (call) => message(call, (lastMessage += 1)),
  editMessageText: (call) => message(call, Number(call.message_id)),
  editMessageCaption: (call) => message(call, Number(call.message_id)),
  editMessageMedia: (call) => message(call, Number(call.message_id)),
  answerCallbackQuery: ({ callback_query_id: query = '' }) => {
    course.tapAnswered(query);
    handOut();
    return OK;
  },
};

/** JSON, or, where a file comes with it, a form: of that only short fields are read. */
const read = (body: Buffer): Call => {
  if (body.length === 0) return {};
  if (body[0] === 0x7b) return JSON.parse(body.toString()) as Call;
  const fields = body.toString('latin1').matchAll(/name="(\w+)"\r\n\r\n([^\r]*)\r\n/g);
  return Object.fromEntries([...fields].map(([, name, value]) => [name, value]));
};

const answer = (request: IncomingMessage, response: ServerResponse, body: Buffer): void => {
  const method = request.url?.slice(request.url.lastIndexOf('/') + 1) ?? '';
  course.called(method);
  const call = read(body);
  if (method === 'getUpdates') return getUpdates(response, call);
  const done = METHODS[method]?.(call) ?? OK;
  if (awayMs === 0) return say(response, done);
  setTimeout(say, awayMs, response, done);
};

const server = createServer({ keepAlive: true, keepAliveTimeout: 60_000 }, (request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => answer(request, response, Buffer.concat(parts)));
});

process.on('message', (asked: Asked) => {
  const { id } = asked;
  switch (asked.ask) {
    case 'load':
      course.end();
      awayMs = asked.load.awayMs ?? 0;
      course = createCourse(asked.load, { after: course.after, onDue: handOut });
      tell({ id });
      return handOut();
    case 'answered':
      return course.whenAnswered(asked.count, (error) =>
        tell({ id, ...(error !== undefined && { error }) }),
      );
    case 'report':
      return tell({ id, value: course.report() });
  }
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => tell({ port: (server.address() as AddressInfo).port }));
