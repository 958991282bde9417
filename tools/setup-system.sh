#!/usr/bin/env bash
# Installs the system programs that the tests use; with --peers those that the benchmarks compare with, and the lists of
# names that they make rules of: these are unpacked from Debian's package crowdsec, which is not installed.
# Idempotent and without questions. Installs only as root on a system with apt-get; elsewhere it says what is missing
# and how to get it, and succeeds: tests that need a missing program say so themselves.
# Usage: tools/setup-system.sh [--peers]
set -euo pipefail

# The programs lie in sbin too, which the PATH of a plain user lacks.
PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"

# program=package, or file=package
wanted=(nft=nftables ip=iproute2 iptables=iptables logrotate=logrotate python3=python3 gzip=gzip unshare=util-linux ps=procps
  git=git svn=subversion svnserve=subversion hg=mercurial radicale=radicale khal=khal chromium=chromium
  /usr/share/fonts/truetype/dejavu=fonts-dejavu-core /usr/share/doc/libical3=libical3
  /usr/lib/python3/dist-packages/icalendar=python3-icalendar
  /usr/lib/python3/dist-packages/vobject=python3-vobject)
what='tests that need them are skipped, or fail with CI=true'
case "${1:-}" in
  '') ;;
  --peers)
    wanted=(fail2ban-regex=fail2ban rg=ripgrep python3=python3 grep=grep gcc=gcc g++=g++ git=git svn=subversion
      /usr/include/hs/hs.h=libhyperscan-dev /usr/include/pcre2.h=libpcre2-dev /usr/include/re2/re2.h=libre2-dev)
    what='comparisons with them are left out'
    ;;
  *)
    echo "usage: tools/setup-system.sh [--peers]" >&2
    exit 2
    ;;
esac

# Prints the packages whose program or file is not there, each once.
missing_packages() {
  local pair wish
  for pair in "${wanted[@]}"; do
    wish=${pair%%=*}
    case "$wish" in
      /*) [ -e "$wish" ] ;;
      *) command -v "$wish" > /dev/null ;;
    esac || echo "${pair#*=}"
  done | sort -u
}

install_missing() {
  local packages install options policy apt_log service
  mapfile -t packages < <(missing_packages)
  if [ "${#packages[@]}" -eq 0 ]; then
    echo "System packages: all there."
    return
  fi
  install=(apt-get install -y --no-install-recommends "${packages[@]}")
  options=(-o DPkg::Lock::Timeout=120 -o Acquire::Retries=3)
  say_missing() {
    echo "System packages: $1, so these are missing and $what: ${packages[*]}"
    echo "To install them: sudo apt-get update && sudo ${install[*]}"
  }
  if ! command -v apt-get > /dev/null; then
    say_missing 'there is no apt-get here'
    return
  fi
  if [ "$(id -u)" -ne 0 ]; then
    say_missing 'not root'
    return
  fi

  export DEBIAN_FRONTEND=noninteractive
  # A package may start its service when it is installed: fail2ban would begin to ban on this very machine.
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    # shellcheck disable=SC2064
    trap "rm -f $policy" EXIT
    printf '#!/bin/sh\nexit 101\n' > "$policy"
    chmod 755 "$policy"
  fi

  echo "System packages: installing ${packages[*]}"
  apt_log=$(mktemp)
  if ! { apt-get "${options[@]}" update && "${install[@]}" "${options[@]}"; } < /dev/null > "$apt_log" 2>&1; then
    cat "$apt_log" >&2
    rm -f "$apt_log"
    say_missing 'apt-get failed'
    return
  fi
  rm -f "$apt_log"

  # Nor shall it start at the next boot, or where a policy of the machine let it start now.
  for service in fail2ban radicale; do
    if [[ " ${packages[*]} " == *" $service "* ]] && command -v systemctl > /dev/null; then
      systemctl disable --now --quiet "$service.service" 2> /dev/null || true
    fi
  done
  echo "System packages: installed ${packages[*]}"
}

# Unpacks the lists into the cache of the workspace. The package is not installed: its service would start to work.
fetch_lists() {
  local data=usr/share/crowdsec/data cache work
  cache=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/.cache/crowdsec
  if [ -d "$cache/$data" ] || [ -d "/$data" ]; then return; fi
  work=$(mktemp -d)
  if (cd "$work" && apt-get download crowdsec && dpkg -x ./*.deb .) > /dev/null 2>&1; then
    mkdir -p "$cache/${data%/*}"
    mv "$work/$data" "$cache/${data%/*}/"
    echo 'Lists of the package crowdsec: unpacked'
  else
    echo 'Lists of the package crowdsec: not there (apt-get download crowdsec failed), so the benchmarks make up names'
  fi
  rm -rf "$work"
}

install_missing
if [ "${1:-}" = --peers ]; then fetch_lists; fi
