import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^server-only$/, replacement: `${root}tests/fakes/server-only.ts` },
      { find: /^@\//, replacement: root },
    ],
  },
  test: {
    environment: 'node',
    env: { TZ: 'Pacific/Chatham' },
    include: ['tests/{unit,contract}/**/*.test.ts', 'tests/unit/**/*.test.tsx'],
    setupFiles: ['tests/setup/random-seed.ts'],
    testTimeout: 20_000,
    // Left alone it keeps a core free, which on two cores means one worker.
    maxWorkers: 2,
  },
});
