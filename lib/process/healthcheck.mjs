/** Whether the app on this machine is ready for viewers; exits with 0 or 1. For `HEALTHCHECK` of the Dockerfile. */
const { PORT = '3000', BASE_PATH = '' } = process.env;
try {
  const answer = await fetch(`http://127.0.0.1:${PORT}${BASE_PATH}/api/health?ready=1`, {
    signal: AbortSignal.timeout(4_000),
  });
  process.stdout.write(`${(await answer.text()).slice(0, 400)}\n`);
  process.exitCode = answer.ok ? 0 : 1;
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
