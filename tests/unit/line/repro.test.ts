import { it } from 'vitest';
import { createFakeClock } from '../../fakes/clock';
import { createBudget } from '@/lib/server/kameleoon/create-budget';
it('phantom', async () => {
  for (const [p, holdMs] of [[0.15, 10_500], [0.03, 10_500],[0.03,1000]] as const) {
    const clock = createFakeClock();
    const budget = createBudget({ clock });
    let seed = 1; const rnd = () => { seed = (seed * 16807) % 2147483647; return seed / 2147483647; };
    let faulty = true, sent = 0, refused = 0; const perMin: number[] = []; let min = 0;
    const one = async (): Promise<void> => {
      const a = await budget.acquire({ lane: 'interactive', maxWaitMs: 20_000 });
      if (a.kind !== 'granted') return;
      sent++; min++;
      clock.setTimer(() => {
        const r = faulty && rnd() < p; if (r) refused++;
        budget.observed({ upstreamMs: null, allowances: [], isRefusal: r });
        if (r) budget.throttled(holdMs);
        a.release();
      }, 200);
    };
    const out: string[] = [];
    for (let s = 0; s < 5400; s++) {
      if (s % 4 === 0) void one();   // 900 an hour wanted
      await clock.advance(1000);
      if (s === 2700) faulty = false;
      if (s % 60 === 59) { perMin.push(min); min = 0; }
      if (s % 900 === 899) out.push(`${(s+1)/60} min: hour ${budget.use().hour.used}/${budget.use().hour.limit} sent ${sent} refused ${refused}`);
    }
    console.log(p, holdMs, out.join('\n '), '\nper minute', perMin.join(' '));
  }
}, 120000);
