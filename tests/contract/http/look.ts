/** A report of the running experiment, and its first goal by variation. */
import type { Api } from './api';
import type { Arm } from './arms';
import { aRunningExperiment, generalOf, goalOf, recallReport, type Report } from './report';
import { numbersOf, type Row } from './shape';

export interface Seen {
  readonly experiment: Row;
  readonly report: Report;
  readonly goal: number;
  /** Every generalData and goal of the report, by variation. */
  readonly arms: readonly Arm[];
}

export async function look(api: Api, over: Row = {}): Promise<Seen> {
  const experiment = await aRunningExperiment(api);
  const report = await recallReport(api, experiment, over);
  const goal = numbersOf(experiment['goals'])[0] ?? 0;
  const arms = Object.keys(report.variations).map((key) => ({
    key,
    general: generalOf(report, key),
    figures: goalOf(report, key, goal),
  }));
  return { experiment, report, goal, arms };
}
