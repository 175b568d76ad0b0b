import { describe, expect, it } from 'vitest';
import { connectionId } from '@/lib/core/experiment/ids';
import { USUAL_FORM } from '@/lib/server/experiments/counting-form';
import { createReader, createReportCache } from '@/lib/server/experiments/reader';
import { createFakeClock } from '../../../fakes/clock';
import { anExperiment, createFakeClient, JOB_MS } from '../live/fake-client';

const MAIN = connectionId('main');

describe('the reader', () => {
  it('asks upstream once for all who want the same at the same time', async () => {
    const clock = createFakeClock();
    const client = createFakeClient(clock, []);
    const reader = createReader({ connectionId: MAIN, client });
    const answers = Array.from({ length: 50 }, () =>
      reader.read(anExperiment(1), USUAL_FORM, 'background'),
    );
    await clock.advance(JOB_MS);
    expect(new Set(await Promise.all(answers)).size).toBe(1);
    expect(client.asked).toHaveLength(1);
  });

  it('asks anew once the last answer has come', async () => {
    const clock = createFakeClock();
    const client = createFakeClient(clock, []);
    const reader = createReader({ connectionId: MAIN, client });
    for (let at = 0; at < 2; at += 1) {
      const answer = reader.read(anExperiment(1), USUAL_FORM, 'background');
      await clock.advance(JOB_MS);
      await answer;
    }
    expect(client.asked).toHaveLength(2);
  });

  it('gives the last good snapshot while it reads and after a failure, and throws the failure', async () => {
    const clock = createFakeClock();
    const client = createFakeClient(clock, []);
    const reader = createReader({ connectionId: MAIN, client });
    const first = reader.read(anExperiment(1), USUAL_FORM, 'background');
    await clock.advance(JOB_MS);
    const { snapshot } = await first;

    client.failing = 'upstream-failed';
    const second = reader
      .read(anExperiment(1), USUAL_FORM, 'background')
      .catch((error: unknown) => error);
    expect(reader.last(anExperiment(1).id)).toBe(snapshot);
    await clock.advance(JOB_MS);
    expect(await second).toMatchObject({ problem: { code: 'upstream-failed' } });
    expect(reader.last(anExperiment(1).id)).toBe(snapshot);

    client.failing = null;
    const third = reader.read(anExperiment(1), USUAL_FORM, 'background');
    await clock.advance(JOB_MS);
    expect((await third).snapshot).not.toBe(snapshot);
  });

  it('throws when the very first reading fails, and recovers', async () => {
    const clock = createFakeClock();
    const client = createFakeClient(clock, []);
    client.failing = 'upstream-unreachable';
    const reader = createReader({ connectionId: MAIN, client });
    const first = reader
      .read(anExperiment(1), USUAL_FORM, 'background')
      .catch((error: unknown) => error);
    await clock.advance(JOB_MS);
    expect(await first).toMatchObject({ problem: { code: 'upstream-unreachable' } });
    expect(reader.last(anExperiment(1).id)).toBeUndefined();
    client.failing = null;
    const second = reader.read(anExperiment(1), USUAL_FORM, 'background');
    await clock.advance(JOB_MS);
    expect((await second).requests).toBe(2);
  });

  it('keeps connections apart in one cache', async () => {
    const clock = createFakeClock();
    const cache = createReportCache();
    const clients = [createFakeClient(clock, []), createFakeClient(clock, [])];
    const readers = clients.map((client, at) =>
      createReader({ connectionId: connectionId(`c${at}`), client, cache }),
    );
    const answers = readers.map((reader) => reader.read(anExperiment(1), USUAL_FORM, 'background'));
    await clock.advance(JOB_MS);
    await Promise.all(answers);
    expect(clients.map((client) => client.asked.length)).toEqual([1, 1]);
    expect(readers[0]?.last(anExperiment(1).id)).not.toBe(readers[1]?.last(anExperiment(1).id));
  });
});
