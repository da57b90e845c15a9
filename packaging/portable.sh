#!/bin/sh
# Starts swarmtop with the C library that came with it, whatever the system's own is: musl, an older glibc, or none.
here=$(dirname "$(readlink -f "$0")")/../lib/swarmtop
exec "$here/@LOADER@" --inhibit-cache --library-path "$here" --argv0 swarmtop "$here/swarmtop" "$@"
