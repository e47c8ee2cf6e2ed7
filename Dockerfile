# The server with its dashboard, and nothing that only builds it. docs/production.md has the steps; where there is no
# Docker, `npm run try-dockerfile` takes those of this file.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
# First what changes rarely, so that the packages are not installed anew for every change of the sources.
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev --omit=optional

FROM node:24.21.0-bookworm-slim
# Reached through a proxy, so PUBLIC_URL has to be set: without it the start fails and says so.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8787 DATA_DIR=/data
WORKDIR /app
# Nobody but root may change the program; the server writes to /data only.
COPY --from=build /app ./
RUN install --directory --owner=node --group=node --mode=0700 /data
VOLUME /data
USER node
EXPOSE 8787
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
	CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/start.js"]
