import { toZonelessSecond } from '@/lib/sandbox/world/buckets';

/** A refusal in the form the live API uses; thrown anywhere below a route. */
export class ApiError extends Error {
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 423 | 429,
    message: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/** One or more faulty fields in the wording of the live API. */
export function toInvalid(...faults: readonly string[]): ApiError {
  return new ApiError(400, `Fields not valid. ${faults.join('; ')}`);
}

/** `{"status":"ERROR","message":…,"timestamp":…}`; the live timestamp has nanoseconds, no zone. */
export function toErrorBody(message: string, nowMs: number) {
  const fraction = String(nowMs % 1000).padStart(3, '0');
  return { status: 'ERROR', message, timestamp: `${toZonelessSecond(nowMs)}.${fraction}000000` };
}
