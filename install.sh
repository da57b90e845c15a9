#!/bin/sh
# Installs swarmtop: one executable, checked against its SHA-256.
#
#   install.sh --from SOURCE [--to DIR] [--version X.Y.Z]   install or upgrade
#   install.sh --portable --from SOURCE …                   the build that brings its own C library
#   install.sh --uninstall [--to DIR]                       remove it again
#
# SOURCE is a folder or a URL that holds SHA256SUMS and swarmtop-VERSION-linux-ARCH.gz, or for a system without glibc 2.28
# swarmtop-VERSION-linux-ARCH-portable.tar.gz, of which a part goes to DIR/../lib/swarmtop.
# DIR is where it goes: ~/.local/bin, for root /usr/local/bin, unless you say otherwise.
set -eu

fail() { echo "install.sh: $1" >&2; exit "${2:-1}"; }
usage() { sed -n '2,10s/^# \{0,1\}//p' "$0"; }

from='' to='' version='' remove=no kind=gz
while [ $# -gt 0 ]; do
  case $1 in
    --from | --to | --version)
      [ $# -ge 2 ] || fail "$1 needs a value." 2
      case $1 in --from) from=$2 ;; --to) to=$2 ;; *) version=$2 ;; esac
      shift 2 ;;
    --portable) kind=portable.tar.gz; shift ;;
    --uninstall) remove=yes; shift ;;
    -h | --help) usage; exit 0 ;;
    *) fail "There is no option $1. See install.sh --help." 2 ;;
  esac
done

if [ -z "$to" ]; then
  if [ "$(id -u)" = 0 ]; then to=/usr/local/bin; else to=${HOME:?}/.local/bin; fi
fi
target=$to/swarmtop libraries=$(dirname -- "$to")/lib/swarmtop

if [ "$remove" = yes ]; then
  [ -e "$target" ] || fail "There is no $target."
  rm -- "$target"
  [ ! -f "$libraries/swarmtop" ] || rm -rf -- "$libraries"
  echo "Removed $target. Your settings stay in ~/.config/swarmtop, your views in ~/.local/state/swarmtop."
  exit 0
fi

[ -n "$from" ] || fail "Say where the files are: --from FOLDER or --from URL." 2

[ "$(uname -s)" = Linux ] || fail "There is no executable for $(uname -s). With Node 22 or newer, install the npm package instead: docs/install.md."
case $(uname -m) in
  x86_64 | amd64) arch=x64 ;;
  aarch64 | arm64) arch=arm64 ;;
  *) fail "There is no executable for $(uname -m). With Node 22 or newer, install the npm package instead: docs/install.md." ;;
esac
# Where the system's C library is another one, as Alpine's is, or too old, the build comes that brings its own.
glibc=$(getconf GNU_LIBC_VERSION 2>/dev/null) || glibc=''
case ${glibc#glibc } in '' | 1.* | 2.? | 2.?.* | 2.1? | 2.1?.* | 2.2[0-7] | 2.2[0-7].*) kind=portable.tar.gz ;; esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

fetch() { # NAME: into the working folder
  case $from in
    http://* | https://*)
      if command -v curl >/dev/null 2>&1; then curl -fsSL "$from/$1" -o "$work/$1"
      elif command -v wget >/dev/null 2>&1; then wget -qO "$work/$1" "$from/$1"
      else fail "Neither curl nor wget is here: fetch $from/$1 and SHA256SUMS yourself, then --from their folder."
      fi ;;
    *) cp -- "$from/$1" "$work/$1" ;;
  esac || fail "$from/$1 could not be read."
}

fetch SHA256SUMS
if [ -z "$version" ]; then
  version=$(sed -n "s/.*  swarmtop-\([^-]*\)-linux-${arch}[.-]$kind\$/\1/p" "$work/SHA256SUMS" | tail -n 1)
  [ -n "$version" ] || fail "$from has no swarmtop for linux-$arch ($kind)."
fi
case $kind in gz) name=swarmtop-$version-linux-$arch.gz ;; *) name=swarmtop-$version-linux-$arch-$kind ;; esac
grep -q "  $name\$" "$work/SHA256SUMS" || fail "$from/SHA256SUMS does not name $name."
fetch "$name"
(cd "$work" && grep "  $name\$" SHA256SUMS | sha256sum -c - >/dev/null 2>&1) ||
  fail "$name is not what SHA256SUMS says: it is damaged or was changed. Nothing was installed."

mkdir "$work/bin" "$work/lib"
if [ "$kind" = gz ]; then
  gzip -dc "$work/$name" >"$work/bin/swarmtop"
else
  gzip -dc "$work/$name" | tar -xf - -C "$work"
  mv -- "$work/${name%.tar.gz}/lib/swarmtop" "$work/lib/"
  mv -- "$work/${name%.tar.gz}/bin/swarmtop" "$work/bin/"
fi
chmod 755 "$work/bin/swarmtop"
installed=$("$work/bin/swarmtop" --version) || fail "It does not start on this system; with --portable it brings its own C library. Nothing was installed."

mkdir -p -- "$to" || fail "$to can't be made."
before=''
if [ -x "$target" ]; then before=$("$target" --version 2>/dev/null) || before='an older one'; fi
# Beside it first, then in its place at once: a swarmtop that runs keeps its own files.
put() { # FROM TO
  rm -rf -- "$2.new" "$2.old" && cp -R -- "$1" "$2.new" || return 1
  [ ! -d "$2" ] || mv -- "$2" "$2.old" || return 1
  mv -f -- "$2.new" "$2" && rm -rf -- "$2.old"
}
if [ "$kind" != gz ]; then
  { mkdir -p -- "${libraries%/*}" && put "$work/lib/swarmtop" "$libraries"; } || fail "${libraries%/*} can't be written to."
fi
put "$work/bin/swarmtop" "$target" || fail "$to can't be written to."
[ "$kind" != gz ] || [ ! -f "$libraries/swarmtop" ] || rm -rf -- "$libraries"
if [ -n "$before" ]; then echo "Upgraded $target from $before to $installed."; else echo "Installed swarmtop $installed as $target."; fi
case :$PATH: in *":$to:"*) ;; *) echo "$to is not in your PATH: add it, or run $target." ;; esac
