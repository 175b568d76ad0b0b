// Fixed when built; `npm start` refuses a build made for another path.
const basePath = process.env.BASE_PATH?.trim() ?? '';

/** @type {import('next').NextConfig} */
const config = {
  basePath,
  // For what the browser fetches by itself: `lib/client/base-path.ts`.
  env: { NEXT_PUBLIC_BASE_PATH: basePath },
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  reactStrictMode: true,
  serverExternalPackages: ['libsql', 'kysely', 'pino', 'prom-client', 'undici'],
  devIndicators: false,
  // Browsers ask for it where no page names an icon, as on an answer of the API.
  rewrites: async () => [{ source: '/favicon.ico', destination: '/icon.svg' }],
};

export default config;
