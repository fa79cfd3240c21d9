# The Debian package in a container of its own:
#   docker build -t waymark .
#   docker run --rm -it -v "$PWD:/work" waymark
FROM swift:6.2-bookworm AS build
COPY . /waymark
RUN mkdir /package && /waymark/scripts/package /package

FROM debian:12-slim
RUN --mount=type=bind,from=build,source=/package,target=/package \
  apt-get update \
  && apt-get install -y /package/waymark_*.deb \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /work
ENTRYPOINT ["waymark"]
