import next from 'eslint-config-next';
import typescript from 'eslint-config-next/typescript';

/** Who may import what, with the place where the code belongs instead. One entry a floor of the architecture. */
const law = (files, forbidden, message) => ({
  files,
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          ...forbidden.map((folder) => ({ group: [`@/${folder}`, `@/${folder}/**`], message })),
          {
            group: ['../**'],
            message: 'Import across folders by @/, so that the law can be read.',
          },
        ],
      },
    ],
  },
});

const UPPER = ['app', 'components'];
const WINGS = ['lib/server', 'lib/client', 'lib/sandbox', 'lib/cli', 'lib/process'];

const config = [
  {
    ignores: [
      '.next/**',
      'node_modules/**',
      'test-results/**',
      'playwright-report/**',
      'next-env.d.ts',
    ],
  },
  ...next,
  ...typescript,
  {
    files: ['**/*.ts', '**/*.tsx'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
    },
  },
  {
    // No React there: `use` and the like are ordinary names.
    files: ['lib/core/**', 'lib/server/**', 'lib/sandbox/**', 'lib/process/**', 'tests/**'],
    rules: { 'react-hooks/rules-of-hooks': 'off' },
  },
  law(
    ['lib/core/**'],
    [...UPPER, ...WINGS],
    'lib/core is the ground: pure, and it stands on nothing. What needs I/O belongs in lib/server or lib/client, what draws in components.',
  ),
  law(
    ['lib/server/**'],
    [...UPPER, 'lib/client', 'lib/sandbox', 'lib/cli', 'lib/process'],
    'lib/server knows no page, no browser and no sandbox. What both wings need belongs in lib/core; the only place where they meet is app.',
  ),
  law(
    ['lib/client/**'],
    [...UPPER, 'lib/server', 'lib/sandbox', 'lib/cli', 'lib/process'],
    'lib/client runs in the browser. What both wings need belongs in lib/core; fetch the rest from our own API.',
  ),
  law(
    ['lib/sandbox/**'],
    [...UPPER, 'lib/core', 'lib/server', 'lib/client', 'lib/cli', 'lib/process'],
    'lib/sandbox is a foreign country: it speaks HTTP and shares nothing with us, so that a wrong field cannot agree with itself.',
  ),
  law(
    ['lib/process/**'],
    [...UPPER, 'lib/client', 'lib/sandbox', 'lib/cli'],
    'lib/process stands on lib/server alone; the demo starts the sandbox as a process of its own.',
  ),
  law(
    ['lib/cli/**/*.ts'],
    [...UPPER, 'lib/client', 'lib/sandbox', 'lib/process'],
    'lib/cli is for a shell: it stands on lib/core, and on lib/server where it asks the API.',
  ),
  law(
    ['components/ui/**'],
    [
      'app',
      'lib/server',
      'lib/sandbox',
      'lib/process',
      'lib/client',
      'components/charts',
      'components/experiment',
      'components/dashboard',
    ],
    'components/ui could ship in another product: domain parts belong in components/experiment, pictures in components/charts.',
  ),
  law(
    ['components/charts/**'],
    [
      'app',
      'lib/server',
      'lib/sandbox',
      'lib/process',
      'lib/client',
      'components/experiment',
      'components/dashboard',
    ],
    'A chart is a picture: data come in as props. What fetches or knows an experiment belongs in components/experiment.',
  ),
  law(
    ['components/experiment/**'],
    ['app', 'lib/server', 'lib/sandbox', 'lib/process', 'components/dashboard'],
    'components never import lib/server: read in app and pass it down, or ask our own API through lib/client.',
  ),
  law(
    ['components/method/**'],
    ['app', 'lib/server', 'lib/sandbox', 'lib/process', 'lib/client', 'components/experiment'],
    'The method is told from lib/core alone; what knows an experiment belongs in components/experiment.',
  ),
  law(
    ['app/**'],
    ['lib/sandbox', 'lib/process'],
    'app speaks to lib/server and lib/client; the sandbox is reached by HTTP.',
  ),
  { files: ['tests/**', 'lib/process/*.mjs'], rules: { 'no-console': 'off' } },
];

export default config;
