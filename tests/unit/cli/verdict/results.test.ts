import { describe, expect, it } from 'vitest';
import { toProblem } from '@/lib/core/problem/problem';
import type { ResultsQuestion } from '@/lib/server/kameleoon/objects';
import { createShell, type Shell } from './shell';

const DAY_MS = 86_400_000;

/** Converted people of the original and of two variations, of 10,000 people each; two of ten come back and convert again. */
function prepare(converted: readonly [number, number, number], days = 20): Shell {
  const shell = createShell();
  const { experiments, variations, goals } = shell.fake.rows;
  const started = new Date(shell.clock.nowMs() - days * DAY_MS).toISOString().slice(0, 19);
  experiments.set('600', {
    ...{ id: '600', name: 'Buttons', siteId: '10', siteCode: 'shop000001', status: 'active' },
    ...{ type: 'CLASSIC', goals: ['71', '72'], mainGoalId: '71', variations: ['901', '902'] },
    ...{ deviations: { origin: 0.34, 901: 0.33, 902: 0.33 }, trafficAllocationMethod: 'MANUAL' },
    dateStarted: started,
  });
  variations.set('901', { id: '901', name: 'Green \u001b[31mbutton', siteId: '10' });
  variations.set('902', { id: '902', name: '青い', siteId: '10' });
  goals.set('71', {
    id: '71',
    name: 'Paid',
    siteId: '10',
    type: 'CLICK',
    hasMultipleConversions: false,
  });
  goals.set('72', {
    id: '72',
    name: 'Seen',
    siteId: '10',
    type: 'CLICK',
    hasMultipleConversions: false,
  });
  shell.fake.report = (_, question) => toReport(question, converted);
  return shell;
}

function toReport(question: ResultsQuestion, converted: readonly number[]) {
  const rows = question.breakdown?.type === 'DEVICE_TYPE' ? ['DESKTOP', 'PHONE'] : ['_reference'];
  const armOf = (at: number) => {
    const own = (converted[at] ?? 0) / rows.length;
    const count = Math.round(question.visitorData === true ? own : own * 1.2);
    const goal = {
      conversionCount: Math.round(own * 1.3),
      convertedVisitCount: count,
      revenueCount: 0,
    };
    const [visitCount, visitorCount] = [12_000 / rows.length, 10_000 / rows.length];
    const goalsData = { 71: goal, 72: goal };
    return {
      breakdownData: Object.fromEntries(
        rows.map((row) => [row, { generalData: { visitCount, visitorCount, goalsData } }]),
      ),
    };
  };
  return { variationData: { _reference: armOf(0), 901: armOf(1), 902: armOf(2) } };
}

describe('verdict results', () => {
  it('names the winning variation in one sentence, by the same line as the pages', async () => {
    const { code, out, err } = await prepare([500, 520, 700]).run('results', '600');
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toContain('\nWinner: 青い wins.\n+40.0% on Paid, between ');
    expect(out).toMatch(/^Original +10,000 +500 +5\.00% .* Reference$/m);
    expect(out).toMatch(/^青い +10,000 +700 +7\.00% +\+40\.0% .* Winner$/m);
    expect(out).toContain('by people, at 95% certainty');
    expect(out).toContain('day 20');
    expect(out).toContain('Green [31mbutton');
    expect(out).not.toContain('\u001b');
  });

  it('says what is missing where nothing is decided', async () => {
    const early = await prepare([5, 6, 7]).run('results', '600');
    expect(early.out).toContain('Too early to show a lift');
    expect(early.out).toMatch(/of the minimum counts/);
    const few = await prepare([500, 520, 700], 3).run('results', '600');
    expect(few.out).not.toContain('wins');
    expect(few.out).toMatch(/7/);
  });

  it('gives counts, figures and words as JSON', async () => {
    const answer = await prepare([500, 520, 700]).json('results', '600');
    expect(answer).toMatchObject({
      experiment: { id: '600', status: 'active' },
      verdict: { state: 'winner', variation: { id: '902', name: '青い' } },
      ...{ unit: 'visitors', confidenceLevel: 0.95, day: 20, breakdown: null },
      goal: { id: '71', name: 'Paid' },
      arms: [
        { id: '0', isReference: true, visitors: 10_000, converted: 500, rate: 0.05, state: null },
        { id: '901', state: 'inconclusive' },
        { id: '902', state: 'winner', lift: expect.closeTo(0.4, 6) as number },
      ],
    });
  });

  it('asks for people and visits up to the same moment, so that what is counted is proved', async () => {
    const shell = prepare([500, 520, 700]);
    const asked: ResultsQuestion[] = [];
    const { report } = shell.fake;
    shell.fake.report = (id, question) => {
      asked.push(question);
      return report(id, question);
    };
    await shell.run('results', '600');
    expect(asked.map(({ visitorData }) => visitorData)).toEqual([false, true]);
    expect(asked[0]?.intervals).toEqual(asked[1]?.intervals);
    expect(asked[0]?.goalIds).toEqual(['71', '72']);
  });

  it('explores another goal without judging it', async () => {
    const shell = prepare([500, 520, 700]);
    const { out } = await shell.run('results', '600', '--goal', 'Seen');
    expect(out).toContain('Explored, not judged');
    expect(out).not.toContain('wins');
  });

  it('decides nothing on visits', async () => {
    const { out } = await prepare([500, 520, 700]).run('results', '600', '--visits');
    expect(out).toMatch(/^Shown, not judged, on Paid .* by visits/m);
    expect(out).not.toContain('wins');
  });

  it('says of a period that somebody chose that it proves nothing', async () => {
    const { out } = await prepare([500, 520, 700]).run('results', '600', '--from', '2026-05-10');
    expect(out).toContain('the guarantee is for the whole experiment');
  });

  it('holds the others against another reference', async () => {
    const answer = await prepare([500, 700, 900]).json('results', '600', '--reference', '901');
    expect(answer['reference']).toEqual({ id: '901', name: 'Green [31mbutton' });
  });

  it('shows a breakdown beside the verdict', async () => {
    const shell = prepare([500, 520, 700]);
    const { report } = shell.fake;
    Object.assign(shell.fake.api.experiments, {
      results: async (id: string, question: ResultsQuestion) => {
        const raw = report(id, question);
        const counts = { visits: 6_000, visitors: 5_000, goals: { 71: { converted: 250 } } };
        const rows = { DESKTOP: counts, PHONE: counts };
        return { raw, variations: { 0: rows, 902: rows } };
      },
    });
    const { code, out } = await shell.run('results', '600', '--by', 'device');
    expect(code).toBe(0);
    expect(out).toMatch(/^PHONE +青い +5,000 +250 +5\.00%$/m);
    expect(out).toContain('Rows of a breakdown are shown, not judged.');
  });

  it('says of a draft that it has not started, and asks for no report', async () => {
    const shell = prepare([500, 520, 700]);
    Object.assign(shell.fake.rows.experiments.get('600') ?? {}, { status: 'draft' });
    const { code, out } = await shell.run('results', '600');
    expect(code).toBe(0);
    expect(out).toContain('Draft: Not started yet.');
    expect(shell.fake.calls).not.toContain('results 600');
  });
});

describe('verdict results --watch', () => {
  it('prints a line per change into a pipe, at most one a minute, and ends with 0 on Ctrl-C', async () => {
    const shell = prepare([500, 520, 540]);
    const running = shell.run('results', '600', '--watch');
    await shell.clock.advance(125_000);
    expect(shell.fake.calls.filter((call) => call === 'results 600')).toHaveLength(4);
    shell.fake.report = (_, question) => toReport(question, [500, 520, 700]);
    await shell.clock.advance(60_000);
    shell.stop.abort();
    const { code, out } = await running;
    expect(code).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('Not decided yet');
    expect(lines[1]).toContain('Winner: 青い wins.');
  });

  it('asks for names once: a later reading costs the experiment and one report', async () => {
    const shell = prepare([500, 520, 540]);
    const running = shell.run('results', '600', '--watch', '--times', '2', '--goal', 'Paid');
    await shell.clock.advance(1_000);
    shell.fake.calls.length = 0;
    await shell.clock.advance(60_000);
    expect((await running).code).toBe(0);
    expect(shell.fake.calls).toEqual(['read experiments 600', 'results 600']);
  });

  it('goes on after a reading that failed, and says why', async () => {
    const shell = prepare([500, 520, 540]);
    const running = shell.run('results', '600', '--watch', '--times', '3');
    await shell.clock.advance(1_000);
    shell.fake.refuse = () => toProblem('upstream-failed', 'GET /experiments/600 was answered 500');
    await shell.clock.advance(60_000);
    shell.fake.refuse = () => null;
    shell.fake.report = (_, question) => toReport(question, [500, 520, 700]);
    await shell.clock.advance(60_000);
    const { code, out, err } = await running;
    expect(code).toBe(0);
    expect(err).toContain('was answered 500');
    expect(out).toContain('青い wins');
  });

  it('prints one JSON document on a line each time', async () => {
    const shell = prepare([500, 520, 540]);
    const running = shell.run('results', '600', '--watch', '--times', '2', '--json');
    await shell.clock.advance(1_000);
    shell.fake.report = (_, question) => toReport(question, [500, 520, 700]);
    await shell.clock.advance(60_000);
    const lines = (await running).out.trimEnd().split('\n');
    expect(
      lines.map((line) => (JSON.parse(line) as { verdict: { state: string } }).verdict.state),
    ).toEqual(['inconclusive', 'winner']);
  });

  it('draws a terminal anew in place', async () => {
    const shell = createShell({ isOutTerminal: true });
    const { experiments } = shell.fake.rows;
    experiments.set('7', { id: '7', name: 'X', siteId: '10', status: 'draft', variations: [] });
    const running = shell.run('results', '7', '--watch', '--times', '2');
    await shell.clock.advance(61_000);
    const { out } = await running;
    expect(out.match(/\u001b\[H/g)).toHaveLength(2);
    expect(out.match(/\u001b\[2J/g)).toHaveLength(1);
    expect(out).toContain('Ctrl-C ends it.');
  });

  it('ends at once where the experiment does not exist', async () => {
    const { code } = await createShell().run('results', '7', '--watch');
    expect(code).toBe(1);
  });
});
