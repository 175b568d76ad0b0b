import 'server-only';

import type { AutomationApi } from '@/lib/server/kameleoon/api';
import type { KameleoonClient } from '@/lib/server/kameleoon/client';
import { createAutomationApi } from '@/lib/server/kameleoon/create-automation-api';
import { createClient } from '@/lib/server/kameleoon/create-client';
import type { ConnectionOptions } from '@/lib/server/kameleoon/create-connection';
import { createConnection } from '@/lib/server/kameleoon/create-connection';

export interface Automation {
  /** The API resource by resource. */
  readonly api: AutomationApi;
  /** The house's view of the same connection: one budget and one token for both. */
  readonly client: KameleoonClient;
}

export function createAutomation(options: ConnectionOptions): Automation {
  const connection = createConnection(options);
  return { api: createAutomationApi(connection), client: createClient(connection, options) };
}
