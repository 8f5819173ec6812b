import { expect } from 'chai';
import { createMeters, type Backlog } from '../../../adapters/metrics/index.ts';

const BACKLOG: Backlog = {
  inbox: { waiting: 3, oldestSeconds: 1.5, parked: 2 },
  outbox: { waiting: 7, oldestDueSeconds: 12, failed: 1, struggling: 4 },
};

const lines = async (meters: ReturnType<typeof createMeters>, backlog?: Backlog) =>
  (await meters.report({ backlog })).text.split('\n');

describe('Metrics', () => {
  it('OPS-2 counts what was handled, called, delivered and run again', async () => {
    const meters = createMeters();
    meters.updateHandled({ kind: 'message', outcome: 'done', ms: 30 });
    meters.updateHandled({ kind: 'message', outcome: 'failed', ms: 700 });
    meters.apiCalled({ method: 'sendMessage', code: '200', ms: 80 });
    meters.apiCalled({ method: 'sendMessage', code: '429', ms: 20, retryAfterSeconds: 3 });
    meters.apiCalled({ method: 'editMessageText', code: '429', ms: 20, retryAfterSeconds: 4 });
    meters.delivered('sent');
    meters.delivered('sent');
    meters.delivered('later');
    meters.transactionRetried();
    expect(await lines(meters, BACKLOG)).to.include.members([
      'upah_updates_handled_total{kind="message",outcome="done"} 1',
      'upah_updates_handled_total{kind="message",outcome="failed"} 1',
      'upah_update_handling_seconds_bucket{le="0.05",kind="message"} 1',
      'upah_update_handling_seconds_sum{kind="message"} 0.73',
      'upah_bot_api_calls_total{method="sendMessage",code="200"} 1',
      'upah_bot_api_calls_total{method="sendMessage",code="429"} 1',
      'upah_bot_api_call_seconds_count{method="sendMessage"} 2',
      'upah_bot_api_retry_after_seconds_total 7',
      'upah_deliveries_total{outcome="sent"} 2',
      'upah_deliveries_total{outcome="later"} 1',
      'upah_transaction_retries_total 1',
    ]);
  });

  it('OPS-2 shows what waits, and nothing of it while the database does not say', async () => {
    const meters = createMeters();
    const shown = [
      'upah_inbox_waiting 3',
      'upah_inbox_oldest_seconds 1.5',
      'upah_inbox_parked 2',
      'upah_outbox_waiting 7',
      'upah_outbox_oldest_due_seconds 12',
      'upah_outbox_failed 1',
      'upah_outbox_struggling 4',
    ];
    const values = async (backlog?: Backlog) =>
      (await lines(meters, backlog)).filter((line) => /^upah_(?:inbox|outbox|database)/.test(line));
    expect(await values(BACKLOG)).to.have.members(['upah_database_up 1', ...shown]);
    expect(await values()).to.deep.equal(['upah_database_up 0']);
    expect(await values(BACKLOG)).to.have.members(['upah_database_up 1', ...shown]);
  });

  it('OPS-2 every figure of ours says what it is, and the process shows memory and lag', async () => {
    const { contentType, text } = await createMeters().report({ backlog: BACKLOG });
    expect(contentType).to.match(/^text\/plain; version=0\.0\.4/);
    const named = [...text.matchAll(/^# TYPE (upah_\S+)/gm)].map(([, name]) => name);
    expect(named.length).to.be.at.least(14);
    for (const name of named) expect(text).to.match(new RegExp(`^# HELP ${name} .{10,}`, 'm'));
    expect(text).to.contain('process_resident_memory_bytes').and.contain('nodejs_eventloop_lag');
  });
});
