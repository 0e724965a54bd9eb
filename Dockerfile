# Newskeep as an image: the collector, and the pages of its archive; how it is used: docs/operating.md, "In a container".
#
#   docker build -t newskeep .
#
# The base is named by its exact version. To pin its bytes too, ask your registry for the digest and build with it:
#   docker buildx imagetools inspect python:3.13.18-slim-bookworm
#   docker build --build-arg BASE=python:3.13.18-slim-bookworm@sha256:<digest> -t newskeep .
ARG BASE=python:3.13.18-slim-bookworm

# Our wheel. Its builder stays here.
FROM ${BASE} AS wheel
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/build
COPY deploy/requirements-build.lock /src/
RUN /opt/build/bin/pip install --require-hashes --only-binary=:all: -r /src/requirements-build.lock
COPY pyproject.toml README.md LICENSE /src/
COPY collector /src/collector
COPY storage /src/storage
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /dist /src

# What it needs, by hash; nothing is compiled.
FROM ${BASE} AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/newskeep
COPY requirements-runtime.lock /src/
RUN /opt/newskeep/bin/pip install --require-hashes --only-binary=:all: -r /src/requirements-runtime.lock
COPY --from=wheel /dist /dist
RUN /opt/newskeep/bin/pip install --no-deps --no-index /dist/*.whl

# The image: one user for one volume.
FROM ${BASE} AS newskeep
RUN groupadd --gid 10001 newskeep \
 && useradd --uid 10001 --gid newskeep --home-dir /data --no-create-home --shell /usr/sbin/nologin newskeep \
 && install --directory --owner=newskeep --group=newskeep --mode=0750 /data
LABEL org.opencontainers.image.title="newskeep" \
      org.opencontainers.image.description="Watches news sites, archives every article raw and clean, keeps every edit" \
      org.opencontainers.image.licenses="MIT"
# faulthandler: what was going on when a signal such as a watchdog's SIGABRT ended it. SQLITE_TMPDIR: large sorts go
# to the disk, not to the small /tmp in memory.
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONFAULTHANDLER=1 \
    SQLITE_TMPDIR=/data \
    PATH=/opt/newskeep/bin:$PATH
VOLUME /data
USER 10001:10001
STOPSIGNAL SIGTERM
# Where `newskeep` looks for config.yaml when none is named: `docker compose exec collector newskeep status` is enough.
WORKDIR /config
COPY --from=packages /opt/newskeep /opt/newskeep
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["newskeep", "status", "--health", "--config", "/config/config.yaml"]
ENTRYPOINT ["newskeep"]
CMD ["run", "--config", "/config/config.yaml"]
