# Newskeep as images; how they are used: docs/operating.md, "In a container".
#
#   docker build -t newskeep .                                  the collector
#   docker build -t newskeep-datasette --target datasette .     the archive in a browser
#
# The base is named by its exact version. To pin its bytes too, ask your registry for the digest and build with it:
#   docker buildx imagetools inspect python:3.13.18-slim-bookworm
#   docker build --build-arg BASE=python:3.13.18-slim-bookworm@sha256:<digest> -t newskeep .
ARG BASE=python:3.13.18-slim-bookworm

# What both images share: one user for one volume.
FROM ${BASE} AS base
RUN groupadd --gid 10001 newskeep \
 && useradd --uid 10001 --gid newskeep --home-dir /data --no-create-home --shell /usr/sbin/nologin newskeep \
 && install --directory --owner=newskeep --group=newskeep --mode=0750 /data
# faulthandler: what was going on when a signal such as a watchdog's SIGABRT ended it. SQLITE_TMPDIR: large sorts go
# to the disk, not to the small /tmp in memory.
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONFAULTHANDLER=1 \
    SQLITE_TMPDIR=/data
VOLUME /data
WORKDIR /data
USER 10001:10001
STOPSIGNAL SIGTERM

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

FROM ${BASE} AS datasette-packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/datasette
COPY deploy/requirements-datasette.lock /src/
RUN /opt/datasette/bin/pip install --require-hashes --only-binary=:all: -r /src/requirements-datasette.lock

FROM base AS datasette
LABEL org.opencontainers.image.title="newskeep-datasette" \
      org.opencontainers.image.description="Datasette over the archive that Newskeep keeps" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV PATH=/opt/datasette/bin:$PATH
COPY --from=datasette-packages /opt/datasette /opt/datasette
EXPOSE 8001
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8001/-/versions.json', timeout=5)"]
ENTRYPOINT ["datasette"]
# Never --immutable: the file is being written.
CMD ["serve", "/data/archive.db", "--host", "0.0.0.0", "--port", "8001"]

# The last stage is what is built when none is named.
FROM base AS collector
LABEL org.opencontainers.image.title="newskeep" \
      org.opencontainers.image.description="Watches news sites, archives every article raw and clean, keeps every edit" \
      org.opencontainers.image.licenses="MIT"
ENV PATH=/opt/newskeep/bin:$PATH
# Where `newskeep` looks for config.yaml when none is named: `docker compose exec collector newskeep status` is enough.
WORKDIR /config
COPY --from=packages /opt/newskeep /opt/newskeep
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["newskeep", "status", "--health", "--config", "/config/config.yaml"]
ENTRYPOINT ["newskeep"]
CMD ["run", "--config", "/config/config.yaml"]
