#!/bin/sh
# Installs swarmtop: one executable, checked against its SHA-256.
#
#   install.sh --from SOURCE [--to DIR] [--version X.Y.Z]   install or upgrade
#   install.sh --uninstall [--to DIR]                       remove it again
#
# SOURCE is a folder or a URL that holds swarmtop-VERSION-linux-ARCH.gz and SHA256SUMS.
# DIR is where it goes: ~/.local/bin, for root /usr/local/bin, unless you say otherwise.
set -eu

fail() { echo "install.sh: $1" >&2; exit "${2:-1}"; }
usage() { sed -n '2,8s/^# \{0,1\}//p' "$0"; }

from='' to='' version='' remove=no
while [ $# -gt 0 ]; do
  case $1 in
    --from | --to | --version)
      [ $# -ge 2 ] || fail "$1 needs a value." 2
      case $1 in --from) from=$2 ;; --to) to=$2 ;; *) version=$2 ;; esac
      shift 2 ;;
    --uninstall) remove=yes; shift ;;
    -h | --help) usage; exit 0 ;;
    *) fail "There is no option $1. See install.sh --help." 2 ;;
  esac
done

if [ -z "$to" ]; then
  if [ "$(id -u)" = 0 ]; then to=/usr/local/bin; else to=${HOME:?}/.local/bin; fi
fi
target=$to/swarmtop

if [ "$remove" = yes ]; then
  [ -e "$target" ] || fail "There is no $target."
  rm -- "$target"
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
# The C library of Alpine is another one, and the executable would not start on it.
for loader in /lib/ld-musl-*; do
  [ ! -e "$loader" ] || [ -e /lib64/ld-linux-x86-64.so.2 ] || [ -e /lib/ld-linux-aarch64.so.1 ] ||
    fail "This system has musl, not glibc. With Node 22 or newer, install the npm package instead: docs/install.md."
done

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
  version=$(sed -n "s/.*  swarmtop-\(.*\)-linux-$arch\.gz\$/\1/p" "$work/SHA256SUMS" | tail -n 1)
  [ -n "$version" ] || fail "$from has no swarmtop for linux-$arch."
fi
name=swarmtop-$version-linux-$arch.gz
grep -q "  $name\$" "$work/SHA256SUMS" || fail "$from/SHA256SUMS does not name $name."
fetch "$name"
(cd "$work" && grep "  $name\$" SHA256SUMS | sha256sum -c - >/dev/null 2>&1) ||
  fail "$name is not what SHA256SUMS says: it is damaged or was changed. Nothing was installed."

gzip -dc "$work/$name" >"$work/swarmtop"
chmod 755 "$work/swarmtop"
installed=$("$work/swarmtop" --version) || fail "It does not start on this system. Nothing was installed."

mkdir -p -- "$to"
before=''
if [ -x "$target" ]; then before=$("$target" --version 2>/dev/null) || before='an older one'; fi
# Beside it first, then in its place at once: a swarmtop that runs keeps its own file.
if ! { cp -- "$work/swarmtop" "$target.new" && mv -f -- "$target.new" "$target"; }; then fail "$to can't be written to."; fi
if [ -n "$before" ]; then echo "Upgraded $target from $before to $installed."; else echo "Installed swarmtop $installed as $target."; fi
case :$PATH: in *":$to:"*) ;; *) echo "$to is not in your PATH: add it, or run $target." ;; esac
