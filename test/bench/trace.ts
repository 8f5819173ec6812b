import type { Page } from 'playwright-core';

/** What Chromium's own trace tells of one part of a run, in milliseconds. */
export interface Trace {
  /** From one frame that was drawn to the next. */
  readonly frames: readonly number[];
  /** Tasks of the main thread that took longer than `LONG_TASK_MS`. */
  readonly tasks: readonly number[];
}

/** Of one event in the trace what is read here; times in microseconds. */
interface Event {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
}

const LONG_TASK_MS = 50;
const BEGIN = 'traced-begin';
const END = 'traced-end';
const TASK = 'ThreadControllerImpl::RunTask';
/** No more than is read here: what is traced besides would slow down what is measured. */
const CATEGORIES = ['blink.user_timing', 'disabled-by-default-devtools.timeline.frame', 'toplevel'];

/**
 * To be run in the page once: `window.watch()` begins the part that counts and gives the function that
 * ends it. One pixel changes with every frame in between, so that there is always one to draw.
 */
export const WATCH = `window.watch = () => {
  const pixel = document.createElement('i');
  pixel.style.cssText = 'position:fixed;inset:0 auto auto 0;width:1px;height:1px;z-index:99';
  document.body.append(pixel);
  let count = 0;
  let isOn = true;
  const frame = () => {
    pixel.style.background = (count += 1) % 2 === 0 ? '#000' : '#fff';
    if (isOn) requestAnimationFrame(frame);
  };
  performance.mark('${BEGIN}');
  requestAnimationFrame(frame);
  return () => {
    isOn = false;
    performance.mark('${END}');
    pixel.remove();
  };
}`;

/** Runs `work`, in which the page calls `window.watch()` and what that gives, and reads the trace of it. */
export async function traced(page: Page, work: () => Promise<unknown>): Promise<Trace> {
  const browser = page.context().browser();
  if (!browser) throw new Error('only the page of a browser can be traced');
  await browser.startTracing(page, { categories: CATEGORIES });
  let trace: Buffer | undefined;
  try {
    await work();
  } finally {
    trace = await browser.stopTracing();
  }
  const { traceEvents } = JSON.parse(trace.toString()) as { readonly traceEvents: Event[] };
  return read(traceEvents);
}

function read(events: readonly Event[]): Trace {
  const [begin, end] = [BEGIN, END].map((mark) => events.find(({ name }) => name === mark));
  if (!begin || !end) throw new Error('the trace has no beginning or no end');
  const within = events.filter(
    ({ pid, ts }) => pid === begin.pid && ts >= begin.ts && ts <= end.ts,
  );
  const drawn = within
    .filter(({ name }) => name === 'DrawFrame')
    .map(({ ts }) => ts)
    .toSorted((a, b) => a - b);
  return {
    frames: drawn.slice(1).map((ts, index) => (ts - (drawn[index] ?? ts)) / 1_000),
    tasks: within
      .filter(({ name, tid }) => name === TASK && tid === begin.tid)
      .map(({ dur = 0 }) => dur / 1_000)
      .filter((ms) => ms > LONG_TASK_MS),
  };
}
