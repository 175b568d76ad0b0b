# The app, built once and run by Node alone. How to run it: docs/running.md

FROM node:20-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev --no-audit --no-fund
COPY tsconfig.json next.config.js ./
COPY public ./public
COPY lib ./lib
COPY components ./components
COPY app ./app
# The path under which it is served is fixed here; the container must be given the same.
ARG BASE_PATH=
ENV BASE_PATH=$BASE_PATH
RUN npm run build && npm prune --omit=dev --no-audit --no-fund && rm -rf .next/cache

FROM node:20-bookworm-slim
WORKDIR /app
ARG BASE_PATH=
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 BASE_PATH=$BASE_PATH DATA_DIR=/data PORT=3000
RUN mkdir /data && chown node:node /data
COPY --from=build /app/package.json /app/tsconfig.json /app/next.config.js ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/public ./public
COPY --from=build /app/lib ./lib
COPY --from=build /app/.next ./.next
USER node
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "lib/process/healthcheck.mjs"]
# Without npm in between: the signal to stop reaches the process itself.
CMD ["node", "--import", "tsx", "--conditions=react-server", "lib/process/main.ts"]
