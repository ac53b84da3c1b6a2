# syntax=docker/dockerfile:1
# Munjigi without a shell or a package manager around it, and not as root. docs/deployment.md says how to run it.
FROM rust:1.95-slim-bookworm AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --profile dist --locked --bin munjigi \
    && cp target/dist/munjigi /munjigi \
    && mkdir /data

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /munjigi /usr/local/bin/munjigi
COPY --from=build --chown=nonroot:nonroot --chmod=700 /data /data
ENV MUNJIGI_LISTEN=0.0.0.0:8080 \
    MUNJIGI_DATA_DIR=/data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["/usr/local/bin/munjigi", "doctor", "health"]
ENTRYPOINT ["/usr/local/bin/munjigi"]
CMD ["serve"]
