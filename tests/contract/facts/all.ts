/** Every fact of sections 1 to 4 of the sheet, in its order. */
import type { Fact } from './fact';
import { baseAndTokens } from './1-base-and-tokens';
import { consentAndFailures } from './1-consent-and-failures';
import { answers } from './2-answers';
import { filters } from './2-filters';
import { lists } from './2-lists';
import { actions } from './3-actions';
import { experimentChanges } from './3-experiment-changes';
import { experimentFields } from './3-experiment-fields';
import { flagsAndTargeting } from './3-flags-and-targeting';
import { goals } from './3-goals';
import { paths } from './3-paths';
import { segments } from './3-segments';
import { sites } from './3-sites';
import { variations } from './3-variations';
import { report } from './4-report';
import { request } from './4-request';

export const ALL_FACTS: readonly Fact[] = [
  baseAndTokens,
  consentAndFailures,
  lists,
  filters,
  answers,
  paths,
  sites,
  experimentFields,
  experimentChanges,
  actions,
  variations,
  goals,
  segments,
  flagsAndTargeting,
  request,
  report,
].flat();
