# syntax=docker/dockerfile:1
# One image for every process; compose says which module each runs.
FROM python:3.11.14-slim-bookworm AS build
COPY requirements.txt /tmp/requirements.txt
RUN python -m venv /opt/suivi \
 && /opt/suivi/bin/python -m pip install --no-cache-dir --require-hashes --no-deps -r /tmp/requirements.txt

FROM python:3.11.14-slim-bookworm
RUN useradd --system --uid 10001 --user-group --no-create-home --home-dir /var/lib/suivi --shell /usr/sbin/nologin suivi \
 && install -d -o suivi -g suivi -m 0700 /var/lib/suivi
COPY --from=build /opt/suivi /opt/suivi
WORKDIR /opt/suivi/app
COPY pyproject.toml ./
COPY workflows ./workflows
COPY domain ./domain
COPY projections ./projections
COPY services ./services
COPY web ./web
COPY cli ./cli
COPY workers ./workers
ENV PATH=/opt/suivi/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONPATH=/opt/suivi/app \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    SUIVI_HOME=/var/lib/suivi
USER suivi
VOLUME /var/lib/suivi
EXPOSE 8017
CMD ["python", "-m", "web", "--host", "0.0.0.0"]
