/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  reactStrictMode: true,
  serverExternalPackages: ['libsql', 'kysely', 'pino'],
  devIndicators: false,
};

export default config;
