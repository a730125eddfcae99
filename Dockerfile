# Build: docker build -t aggregator .    (or podman, or buildah with --format docker)
# Any image with Python 3.11 or newer and its venv module will do as a base.
# How pip reaches packages is passed in for the build alone, and stays out of the image:
#   --secret id=pip,src=$HOME/.config/pip/pip.conf --secret id=ca,src=/path/to/bundle.pem
ARG BASE_IMAGE=python:3.13-slim

FROM ${BASE_IMAGE} AS build
RUN python3 -m venv /opt/build && python3 -m venv /opt/aggregator
WORKDIR /src
COPY requirements-build.txt requirements.txt ./
RUN --mount=type=secret,id=pip,target=/etc/pip.conf \
    --mount=type=secret,id=ca,target=/run/secrets/ca \
    if [ -s /run/secrets/ca ]; then export PIP_CERT=/run/secrets/ca; fi; \
    /opt/build/bin/pip install --no-cache-dir --require-hashes -r requirements-build.txt && \
    /opt/build/bin/pip wheel --no-cache-dir --require-hashes --no-build-isolation \
      --wheel-dir /wheels -r requirements.txt
COPY pyproject.toml README.md ./
COPY src src
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . && \
    /opt/aggregator/bin/pip install --no-cache-dir --no-index --no-deps /wheels/*

FROM ${BASE_IMAGE}
COPY --from=build /opt/aggregator /opt/aggregator
RUN install --directory --owner=10001 --group=10001 /data
# The database lies beside the configuration, so /data holds both.
ENV PATH=/opt/aggregator/bin:$PATH PYTHONUNBUFFERED=1 AGGREGATOR_CONFIG=/data/feeds.yaml
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD \
    ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
CMD ["aggregator", "serve", "--host", "0.0.0.0"]
