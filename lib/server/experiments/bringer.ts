import 'server-only';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import { toQuestion } from '@/lib/core/experiment/question';
import type { UnitProof } from '@/lib/core/experiment/snapshot';
import type { TrackOptions } from '@/lib/server/experiments/create-track';
import { createTrack } from '@/lib/server/experiments/create-track';
import type { ShelfMemory } from '@/lib/server/experiments/shelf-memory';
import type { ShelfPlans } from '@/lib/server/experiments/shelf-plans';
import type { Track } from '@/lib/server/experiments/track';
import { createTurns } from '@/lib/server/experiments/turns';

/** As many looks are judged in the time that it takes to look ahead. */
const OUTLOOK_LOOKS = 100;

/** Brings experiments from the store into memory. */
export interface Bringer {
  /** What the store remembers of one, with the terms by which it is judged now. */
  recall(experiment: Experiment): Promise<TrackOptions>;
  /** Judged and drawn by its main method; once, however many ask for it meanwhile. */
  bring(experiment: Experiment): Promise<Track>;
  /** Makes what is shown of one that was just judged, so that nobody who looks has to wait for all of them. */
  draw(track: Track): Promise<void>;
}

export interface BringerOptions {
  readonly memory: Pick<ShelfMemory, 'recall' | 'keepDecisions'>;
  readonly plans: Pick<ShelfPlans, 'load' | 'settingsOf'>;
  readonly proof: () => UnitProof;
  readonly onCome: (track: Track) => void;
}

export function createBringer({ memory, plans, proof, onCome }: BringerOptions): Bringer {
  const coming = new Map<ExperimentId, Promise<Track>>();

  const recall = async (experiment: Experiment): Promise<TrackOptions> => {
    await plans.load();
    const remembered = await memory.recall(experiment);
    const settings = plans.settingsOf(experiment.id);
    return { terms: { experiment, proof: proof(), settings }, ...remembered };
  };

  const draw = async (track: Track): Promise<void> => {
    const question = toQuestion(track.experiment().id);
    const turns = createTurns();
    await turns.after(track.looks().length);
    track.sparkline(question);
    if (!track.latest()) return;
    await turns.after(OUTLOOK_LOOKS);
    track.outlook(question);
  };

  const bringNow = async (experiment: Experiment): Promise<Track> => {
    const remembered = await recall(experiment);
    // To read months of looks, to judge them and to draw them takes some tens of milliseconds each.
    await createTurns().after(remembered.looks.length);
    const track = createTrack(remembered);
    track.analysis(toQuestion(experiment.id));
    await draw(track);
    // The proof may have come meanwhile.
    track.setTerms({ proof: proof() });
    memory.keepDecisions(track);
    onCome(track);
    return track;
  };

  return {
    recall,
    draw,
    bring(experiment) {
      const { id } = experiment;
      const begun =
        coming.get(id) ??
        bringNow(experiment).finally(() => {
          coming.delete(id);
        });
      coming.set(id, begun);
      return begun;
    },
  };
}
