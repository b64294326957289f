# The image needs nothing to be set: it serves on 8585 as a user without rights, on a read-only file system, without capabilities.
FROM docker.io/library/node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run prepack

# The bundles in dist/ contain the libraries but the Redis client, which is loaded only for `--store redis://…`.
FROM gcr.io/distroless/nodejs24-debian12:nonroot
WORKDIR /app
COPY --from=build /app/dist dist
COPY --from=build /app/node_modules/redis node_modules/redis
COPY --from=build /app/node_modules/@redis node_modules/@redis
COPY package.json openapi.yaml state.schema.json LICENSE ./
COPY fixtures fixtures
ENV NODE_ENV=production KAKAOPAY_MOCK_HOST=0.0.0.0 KAKAOPAY_MOCK_PORT=8585
USER 65532:65532
EXPOSE 8585
# The subcommand reads the same settings as the server, so it follows a configured port.
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s --retries=3 \
  CMD ["/nodejs/bin/node", "/app/dist/cli.js", "health"]
ENTRYPOINT ["/nodejs/bin/node", "/app/dist/cli.js"]
CMD ["serve"]
