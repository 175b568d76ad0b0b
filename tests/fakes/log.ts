import type { Log } from '@/lib/server/log/create-log';

/** For tests that do not ask what was logged. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
