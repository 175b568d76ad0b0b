/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  reactStrictMode: true,
  serverExternalPackages: ['libsql', 'kysely', 'pino'],
  devIndicators: false,
  // Browsers ask for it where no page names an icon, as on an answer of the API.
  rewrites: async () => [{ source: '/favicon.ico', destination: '/icon.svg' }],
};

export default config;
