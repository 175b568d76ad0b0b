import type { Connect } from '@/lib/cli/verdict/world';
import { openAutomation } from '@/lib/server/services/open-automation';

/** The real way to the API, by the settings of the environment. */
export const connect: Connect = (env, { wrapFetch, onSent, signal }) => {
  const opened = openAutomation(env, { ...(wrapFetch && { fetch: wrapFetch }), onSent, signal });
  if (!opened.ok)
    return {
      ok: false,
      faults: opened.faults.map(
        ({ variable, fault, fix }) => `verdict: ${variable} ${fault}; ${fix}.`,
      ),
    };
  const { api, client, baseUrl, close } = opened.automation;
  return { ok: true, connection: { api, baseUrl, nowMs: () => client.upstreamNowMs(), close } };
};
