"""A build in memory: images as layers, base images, COPY and RUN; a build → its moments."""
