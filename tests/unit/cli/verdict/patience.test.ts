import { describe, expect, it } from 'vitest';
import { toProblem } from '@/lib/core/problem/problem';
import { createShell, type Shell } from './shell';

/** The budget is spent until a moment of the shell's clock. */
function spendUntil({ fake, clock }: Shell, untilMs: number, from = 'list'): void {
  fake.refuse = (call) =>
    call.startsWith(from) && clock.nowMs() < untilMs
      ? toProblem('budget-spent', 'GET /goals: not sent', { retryAtMs: untilMs })
      : null;
}

describe('waiting', () => {
  it('waits for the budget, says so on standard error, and then answers as if nothing had been', async () => {
    const shell = createShell();
    shell.fake.rows.goals.set('7', { id: '7', name: 'Paid', siteId: '10' });
    spendUntil(shell, shell.clock.nowMs() + 12_000);
    const running = shell.run('goals', 'list');
    await shell.clock.advance(12_500);
    const { code, out, err } = await running;
    expect(code).toBe(0);
    expect(out).toContain('Paid');
    expect(err).toBe('Waiting 12 s for the budget of requests …\n');
  });

  it('counts the seconds down in one line where a person looks', async () => {
    const shell = createShell({ isErrTerminal: true });
    spendUntil(shell, shell.clock.nowMs() + 3_000);
    const running = shell.run('goals', 'list');
    await shell.clock.advance(4_000);
    const { err } = await running;
    expect(err.split('\r\u001b[K').filter((text) => text !== '')).toEqual(
      [3, 2, 1].map((seconds) => `Waiting ${seconds} s for the budget of requests …`),
    );
    expect(err.endsWith('\r\u001b[K')).toBe(true);
  });

  it('says nothing with --quiet', async () => {
    const shell = createShell();
    spendUntil(shell, shell.clock.nowMs() + 3_000);
    const running = shell.run('goals', 'list', '--quiet');
    await shell.clock.advance(4_000);
    expect((await running).err).toBe('');
  });

  it('fails at once with --no-wait', async () => {
    const shell = createShell();
    spendUntil(shell, shell.clock.nowMs() + 12_000);
    const { code, err } = await shell.run('goals', 'list', '--no-wait');
    expect(code).toBe(1);
    expect(err).toMatch(/^verdict: GET \/goals: not sent\. Try again later\.\n$/);
  });

  it('does not wait for ever', async () => {
    const shell = createShell();
    spendUntil(shell, shell.clock.nowMs() + 3 * 3_600_000);
    expect((await shell.run('goals', 'list')).code).toBe(1);
  });

  it('ends with 130 when it is interrupted while it waits', async () => {
    const shell = createShell();
    spendUntil(shell, shell.clock.nowMs() + 60_000);
    const running = shell.run('goals', 'list');
    await shell.clock.advance(1_000);
    shell.stop.abort();
    expect((await running).code).toBe(130);
  });

  it('makes nothing twice when it had to wait in the middle', async () => {
    const shell = createShell();
    for (const id of ['11', '12'])
      shell.fake.rows.sites.set(id, { id, code: `other000${id}`, name: id });
    const untilMs = shell.clock.nowMs() + 20_000;
    shell.fake.refuse = (call) =>
      call === 'create goals' && shell.fake.rows.goals.size === 1 && shell.clock.nowMs() < untilMs
        ? toProblem('budget-spent', 'POST /goals: not sent', { retryAtMs: untilMs })
        : null;
    const running = shell.run('goal', 'create', '--all-sites', '--name', 'G', '--type', 'CUSTOM');
    await shell.clock.advance(21_000);
    expect((await running).code).toBe(0);
    expect(shell.fake.rows.goals.size).toBe(3);
  });

  it('gives each row of a list once, though the list began anew in the middle', async () => {
    const shell = createShell();
    const { goals } = shell.fake.rows;
    for (const id of ['1', '2', '3', '4']) goals.set(id, { id, name: `G${id}`, siteId: '10' });
    const list = shell.fake.api.goals.list;
    let broken = 0;
    Object.assign(shell.fake.api.goals, {
      async *list() {
        for await (const row of list()) {
          if (row.id === '3' && (broken += 1) === 1) {
            const retryAtMs = shell.clock.nowMs() + 2_000;
            const { ProblemError } = await import('@/lib/core/problem/problem');
            throw new ProblemError(toProblem('upstream-throttled', '429', { retryAtMs }));
          }
          yield row;
        }
      },
    });
    const running = shell.run('goals', 'list', '--json');
    await shell.clock.advance(3_000);
    const { out, err } = await running;
    expect(err).toContain('asked for a pause');
    const rows = (JSON.parse(out) as { goals: { id: string }[] }).goals;
    expect(rows.map(({ id }) => id)).toEqual(['1', '2', '3', '4']);
  });
});
