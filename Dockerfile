# One image for every role: the web processes, the one-shot migration and the mail worker.

FROM python:3.13-slim AS build
ENV UV_PYTHON_DOWNLOADS=never UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy
WORKDIR /app
RUN pip install --no-cache-dir uv==0.13.8 && python -m venv --without-pip .venv
COPY requirements.lock .
RUN uv pip install --no-cache --python .venv/bin/python --require-hashes -r requirements.lock
COPY . .
# Style sheets do not depend on any secret; the key only satisfies the settings.
RUN SECRET_KEY=for-the-build-only STATIC_ROOT=/app/collected-static DATABASE_URL=sqlite://:memory: \
    .venv/bin/python manage.py collectstatic --no-input --verbosity 0

FROM python:3.13-slim
RUN useradd --system --create-home conjunction \
    # A volume that is mounted here takes over this owner.
    && mkdir --mode 700 /srv/uploads && chown conjunction /srv/uploads
WORKDIR /app
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 STATIC_ROOT=/app/collected-static
USER conjunction
EXPOSE 8000
# Asks with a host name that ALLOWED_HOSTS names; localhost is always among them in docker-compose.yml.
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://localhost:8000/healthz/', timeout=4)"]
# --worker-tmp-dir: the heartbeat files of the workers belong in memory, not on the container's disk.
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--timeout", "120", \
     "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
