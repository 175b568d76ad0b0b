import { controls } from '@/tests/bench/peeking/controls';
import { runChunk } from '@/tests/bench/peeking/run-chunk';
for (const c of controls(2000)) { const t=performance.now(); const r=runChunk(c.scenario,1,0,500); console.log(c.scenario.id,(r.rule!.called??0)/500, c.low.toFixed(3), (performance.now()-t).toFixed(0)); }
