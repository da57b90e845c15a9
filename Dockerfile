# An image of swarmtop alone. `npm run image` makes the folder that this is built in, with all that the executable needs.
#   docker run --rm -it -v /var/run/docker.sock:/var/run/docker.sock swarmtop
FROM scratch
COPY root/ /
ENV HOME=/root LANG=C.UTF-8 TERM=xterm-256color
ENTRYPOINT ["/usr/bin/swarmtop"]
