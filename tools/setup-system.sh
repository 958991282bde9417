#!/usr/bin/env bash
# Installs the system programs that the tests use; with --peers those that the benchmarks compare with.
# Idempotent and without questions. Installs only as root on a system with apt-get; elsewhere it says what is missing
# and how to get it, and succeeds: tests that need a missing program say so themselves.
# Usage: tools/setup-system.sh [--peers]
set -euo pipefail

# The programs lie in sbin too, which the PATH of a plain user lacks.
PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"

# program=package
wanted=(nft=nftables ip=iproute2 iptables=iptables logrotate=logrotate python3=python3 gzip=gzip unshare=util-linux ps=procps)
what='tests that need them are skipped, or fail with CI=true'
case "${1:-}" in
  '') ;;
  --peers)
    wanted=(fail2ban-regex=fail2ban rg=ripgrep python3=python3)
    what='comparisons with them are left out'
    ;;
  *)
    echo "usage: tools/setup-system.sh [--peers]" >&2
    exit 2
    ;;
esac

# Prints the packages whose program is not there.
missing_packages() {
  local pair
  for pair in "${wanted[@]}"; do
    command -v "${pair%%=*}" > /dev/null || echo "${pair#*=}"
  done
}

mapfile -t packages < <(missing_packages)
if [ "${#packages[@]}" -eq 0 ]; then
  echo "System packages: all there."
  exit 0
fi

install=(apt-get install -y --no-install-recommends "${packages[@]}")
options=(-o DPkg::Lock::Timeout=120 -o Acquire::Retries=3)
skip() {
  echo "System packages: $1, so these are missing and $what: ${packages[*]}"
  echo "To install them: sudo apt-get update && sudo ${install[*]}"
  exit 0
}
command -v apt-get > /dev/null || skip 'there is no apt-get here'
[ "$(id -u)" -eq 0 ] || skip 'not root'

export DEBIAN_FRONTEND=noninteractive
# A package may start its service when it is installed: fail2ban would begin to ban on this very machine.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' > "$policy"
  chmod 755 "$policy"
fi

echo "System packages: installing ${packages[*]}"
apt_log=$(mktemp)
if ! { apt-get "${options[@]}" update && "${install[@]}" "${options[@]}"; } < /dev/null > "$apt_log" 2>&1; then
  cat "$apt_log" >&2
  rm -f "$apt_log"
  skip 'apt-get failed'
fi
rm -f "$apt_log"

# Nor shall it start at the next boot, or where a policy of the machine let it start now.
if [[ " ${packages[*]} " == *' fail2ban '* ]] && command -v systemctl > /dev/null; then
  systemctl disable --now --quiet fail2ban.service 2> /dev/null || true
fi
echo "System packages: installed ${packages[*]}"
