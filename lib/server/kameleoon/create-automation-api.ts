import 'server-only';

import type { AutomationApi } from '@/lib/server/kameleoon/api';
import type { Connection } from '@/lib/server/kameleoon/create-connection';
import { createAccounts } from '@/lib/server/kameleoon/resources/accounts';
import { createExperiments } from '@/lib/server/kameleoon/resources/experiments';
import { createFeatureFlags } from '@/lib/server/kameleoon/resources/feature-flags';
import { createGoals } from '@/lib/server/kameleoon/resources/goals';
import { createReadResults } from '@/lib/server/kameleoon/resources/results';
import { createSegments } from '@/lib/server/kameleoon/resources/segments';
import { createSites } from '@/lib/server/kameleoon/resources/sites';
import { createVariations } from '@/lib/server/kameleoon/resources/variations';

/** The whole API over one connection: its budget, its token, its tries. */
export function createAutomationApi(connection: Connection): AutomationApi {
  const { call, pages, runJob } = connection;
  const context = { call, pages, readResults: createReadResults({ runJob }) };
  return {
    accounts: createAccounts(context),
    sites: createSites(context),
    experiments: createExperiments(context),
    variations: createVariations(context),
    goals: createGoals(context),
    segments: createSegments(context),
    featureFlags: createFeatureFlags(context),
  };
}
