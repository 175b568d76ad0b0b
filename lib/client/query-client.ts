/** Rules of the query cache: pushed data are never stale by themselves, and a failed read is told, not hidden. */
import { QueryClient } from '@tanstack/react-query';
import { isProblemError } from '@/lib/core/problem/problem';

export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        // The stream renews them; GET is the fallback and is asked for by name.
        staleTime: Infinity,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (failures, error) =>
          failures < 2 && (!isProblemError(error) || error.problem.retryable),
      },
    },
  });
