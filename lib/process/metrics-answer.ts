import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { toProblem } from '@/lib/core/problem/problem';
import { answerRefusal } from '@/lib/process/refusal';
import { PRIVATE } from '@/lib/server/http/private';
import type { Services } from '@/lib/server/services/services';

/**
 * `GET /metrics`. The figures name nobody, yet they tell how busy things are: they are for this machine, and for whoever
 * shows `METRICS_TOKEN`; for nobody else. With a token set, this machine has to show it too, for a proxy on it brings
 * everybody.
 */
export async function answerMetrics(
  request: IncomingMessage,
  response: ServerResponse,
  { config, metrics }: Pick<Services, 'config' | 'metrics'>,
): Promise<void> {
  const status = refusalStatus(request, config.metricsToken);
  if (status !== null) {
    const problem = toProblem(
      'forbidden',
      config.metricsToken === null
        ? 'Figures are for this machine only; METRICS_TOKEN lets others read them.'
        : 'Figures need the header Authorization: Bearer <METRICS_TOKEN>.',
    );
    if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="metrics"');
    return answerRefusal(response, { status, problem });
  }
  const text = await metrics.read();
  response.writeHead(200, { ...PRIVATE, 'Content-Type': metrics.contentType });
  response.end(request.method === 'HEAD' ? undefined : text);
}

const LOOPBACK_PEER =
  /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|::ffff:127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/;

/** Set by proxies: who asks through one on this machine is not of this machine. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

function refusalStatus(request: IncomingMessage, token: string | null): 401 | 403 | null {
  if (token !== null) {
    const shown = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    return shown !== undefined && isEqual(shown, token) ? null : 401;
  }
  const isLocal =
    LOOPBACK_PEER.test(request.socket.remoteAddress ?? '') &&
    FORWARDED.every((name) => request.headers[name] === undefined);
  return isLocal ? null : 403;
}

/** Takes the same time wherever they differ, lengths included. */
const isEqual = (shown: string, wanted: string): boolean => {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(shown), digest(wanted));
};
