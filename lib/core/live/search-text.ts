/** Finding experiments by words: accents and case do not count, every word must be somewhere. */
import { mainGoal, type Experiment } from '@/lib/core/experiment/experiment';

/** What an experiment is found by. Made once, since `NFD` of thousands of names takes a while. */
export const toSearchText = (experiment: Experiment): string =>
  plain(
    [
      experiment.name,
      experiment.id,
      mainGoal(experiment)?.name ?? '',
      experiment.project.name,
      ...experiment.tags,
    ].join(' '),
  );

export const toSearchWords = (search: string): readonly string[] =>
  plain(search).split(/\s+/).filter(Boolean);

export const matchesSearch = (searchText: string, words: readonly string[]): boolean =>
  words.every((word) => searchText.includes(word));

/** As all searched text is: without accents and case. */
export const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
