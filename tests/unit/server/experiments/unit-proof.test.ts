import { describe, expect, it } from 'vitest';
import { connectionId } from '@/lib/core/experiment/ids';
import type { UnitProof } from '@/lib/core/experiment/snapshot';
import { createUnitKeeper } from '@/lib/server/experiments/unit-keeper';
import { toUnitProof } from '@/lib/server/experiments/unit-proof';
import { silentLog } from '@/tests/fakes/log';
import { openStore } from '@/lib/server/store/open-store';
import { createFakeClock } from '../../../fakes/clock';
import {
  anExperiment,
  countsAt,
  createFakeClient,
  HOUR_MS,
  JOB_MS,
  STARTED_MS,
  TRAFFIC,
} from '../live/fake-client';

const experiment = anExperiment(1);
const counts = (hours: number, unit: 'visitors' | 'visits', repeats: number) =>
  countsAt(experiment, STARTED_MS + hours * HOUR_MS, unit, { ...TRAFFIC, repeats });

describe('what conversions count', () => {
  it('is people when a report of people converts less than one of visits', () => {
    expect(toUnitProof(counts(100, 'visitors', 0.1), counts(100, 'visits', 0.1))).toBe('visitors');
  });

  it('is visits when both convert alike although many visits are repeats', () => {
    expect(toUnitProof(counts(100, 'visitors', 0), counts(100, 'visits', 0))).toBe('visits');
  });

  it('stays open when too few visits are repeats for their absence to say anything', () => {
    expect(toUnitProof(counts(5, 'visitors', 0), counts(5, 'visits', 0))).toBe('unproven');
  });

  it('is visits when more people converted than there were', () => {
    const people = countsAt(experiment, STARTED_MS + 10 * HOUR_MS, 'visitors', {
      ...TRAFFIC,
      rates: [1.2, 0.1],
    });
    expect(toUnitProof(people, people)).toBe('visits');
  });

  it('stays open when people convert more than visits, which cannot be', () => {
    expect(toUnitProof(counts(100, 'visits', 0.1), counts(100, 'visitors', 0))).toBe('unproven');
  });
});

describe('the keeper of the unit', () => {
  const aKeeper = async (repeats: number) => {
    const clock = createFakeClock();
    const client = createFakeClient(clock, []);
    client.traffic = { ...TRAFFIC, repeats };
    const store = await openStore({ dir: ':memory:' });
    const shown: UnitProof[] = [];
    const build = () => {
      const keeper = createUnitKeeper({
        connectionId: connectionId('main'),
        client,
        facts: store.facts,
        log: silentLog,
        onProof: () => shown.push(keeper.proof()),
        onStoreFailure: (error) => {
          throw error;
        },
      });
      return keeper;
    };
    const offer = async (keeper: ReturnType<typeof build>, isColdStartOver = false) => {
      keeper.consider(
        { experiment, snapshot: countsAt(experiment, clock.nowMs()) },
        isColdStartOver,
      );
      await clock.advance(2 * JOB_MS);
    };
    return { clock, client, shown, build, offer };
  };

  it('asks two reports that end at the same past hour, remembers, and asks again a day later', async () => {
    const { clock, client, shown, build, offer } = await aKeeper(0.1);
    const keeper = build();
    await offer(keeper);
    expect(client.asked.map(({ unit }) => unit)).toEqual(['visits', 'visitors']);
    expect(client.asked[0]?.endMs).toBe(client.asked[1]?.endMs);
    expect((client.asked[0]?.endMs ?? 1) % HOUR_MS).toBe(0);
    expect(shown).toEqual(['visitors']);

    const later = build();
    await later.restore();
    expect(later.proof()).toBe('visitors');
    await offer(later);
    expect(client.asked).toHaveLength(2);
    await clock.advance(24 * HOUR_MS);
    await offer(later);
    expect(client.asked).toHaveLength(4);
    expect(client.asked[3]?.priority).toBe('background');
  });

  it('takes a proof back when the daily one shows the opposite', async () => {
    const { clock, client, shown, build, offer } = await aKeeper(0.1);
    const keeper = build();
    await offer(keeper);
    client.traffic = { ...TRAFFIC, repeats: 0 };
    await clock.advance(25 * HOUR_MS);
    await offer(keeper);
    expect(shown).toEqual(['visitors', 'visits']);
  });

  it('leaves thin experiments alone while better filled ones may still come', async () => {
    const { client, build, clock } = await aKeeper(0.1);
    const keeper = build();
    const thin = countsAt(experiment, STARTED_MS + 5 * HOUR_MS);
    keeper.consider({ experiment, snapshot: thin }, false);
    expect(client.asked).toHaveLength(0);
    keeper.consider({ experiment, snapshot: thin }, true);
    expect(client.asked).toHaveLength(2);
    await clock.advance(2 * JOB_MS);
  });

  it('asks before anything was read, side by side, so that the first verdicts need not wait for it', async () => {
    const { clock, client, shown, build, offer } = await aKeeper(0.1);
    const keeper = build();
    keeper.anticipate([experiment]);
    expect(client.asked.map(({ unit }) => unit)).toEqual(['visits', 'visitors']);
    await clock.advance(JOB_MS);
    expect(shown).toEqual(['visitors']);
    await offer(keeper);
    keeper.anticipate([experiment]);
    expect(client.asked).toHaveLength(2);
  });

  it('goes on being shown every day where first visits are read, which say nothing of repeats', async () => {
    const { clock, client, shown, build } = await aKeeper(0);
    const keeper = build();
    const offerFirstVisits = async () => {
      const snapshot = countsAt(experiment, clock.nowMs(), 'first-visits');
      keeper.consider({ experiment, snapshot }, true);
      await clock.advance(2 * JOB_MS);
    };
    await offerFirstVisits();
    expect(shown).toEqual(['visits']);
    client.traffic = TRAFFIC;
    await clock.advance(25 * HOUR_MS);
    await offerFirstVisits();
    expect(shown).toEqual(['visits', 'visitors']);
  });

  it('lets a guess that fails put nothing off', async () => {
    const { clock, client, shown, build, offer } = await aKeeper(0.1);
    const keeper = build();
    client.failing = 'upstream-locked';
    keeper.anticipate([experiment]);
    await clock.advance(2 * JOB_MS);
    client.failing = null;
    await offer(keeper);
    expect(shown).toEqual(['visitors']);
  });

  it('keeps what it knows when a report fails, and tries again', async () => {
    const { clock, client, build, offer } = await aKeeper(0.1);
    const keeper = build();
    client.failing = 'upstream-failed';
    await offer(keeper);
    expect(keeper.proof()).toBe('unproven');
    client.failing = null;
    await clock.advance(HOUR_MS);
    await offer(keeper);
    expect(keeper.proof()).toBe('visitors');
  });
});
