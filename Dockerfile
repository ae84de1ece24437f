# docker build -t adamscope . && docker run --rm -v "$PWD:/work" adamscope --help
# Only public names; the first stage builds from these sources, the second holds the program and its own Java.
FROM eclipse-temurin:25-jdk-noble AS build
RUN apt-get update && apt-get install -y --no-install-recommends maven git && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN mvn -B -q -pl lab -am package -Parchives -Dmaven.test.skip=true && mv lab/target/dist /opt/adamscope

FROM ubuntu:noble
RUN apt-get update && apt-get install -y --no-install-recommends fontconfig fonts-dejavu-core libstdc++6 zlib1g \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /opt/adamscope /opt/adamscope
ENV PATH="/opt/adamscope/bin:${PATH}" LANG=C.UTF-8
WORKDIR /work
ENTRYPOINT ["adamscope"]
