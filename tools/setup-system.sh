#!/usr/bin/env bash
# Installs the system programs that the tests use, and unpacks a newer Exim beside the installed one; with --peers those that the benchmarks compare with, and the lists of
# names that they make rules of: these are unpacked from Debian's package crowdsec, which is not installed.
# Idempotent and without questions. Installs only as root on a system with apt-get; elsewhere it says what is missing
# and how to get it, and succeeds: tests that need a missing program say so themselves.
# Usage: tools/setup-system.sh [--peers]
set -euo pipefail

# The programs lie in sbin too, which the PATH of a plain user lacks.
PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"

# program=package, or file=package
wanted=(nft=nftables ip=iproute2 iptables=iptables ipset=ipset conntrack=conntrack ss=iproute2 nginx=nginx-light stdbuf=coreutils systemd-analyze=systemd logrotate=logrotate python3=python3 gzip=gzip unshare=util-linux ps=procps
  git=git svn=subversion svnserve=subversion hg=mercurial radicale=radicale khal=khal chromium=chromium setpriv=util-linux
  exim4=exim4-daemon-light exiqgrep=exim4-base
  /usr/share/fonts/truetype/dejavu=fonts-dejavu-core /usr/share/doc/libical3=libical3
  /usr/lib/python3/dist-packages/icalendar=python3-icalendar
  /usr/lib/python3/dist-packages/vobject=python3-vobject)
what='tests that need them are skipped, or fail with CI=true'
case "${1:-}" in
  '') ;;
  --peers)
    wanted=(fail2ban-regex=fail2ban rg=ripgrep python3=python3 grep=grep gcc=gcc g++=g++ git=git svn=subversion
      exim4=exim4-daemon-light exiqgrep=exim4-base
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

# Debian lets one mail server at a time be installed: exim4 would replace the one that is there.
spare_the_mail_server() {
  if [ -e /usr/sbin/sendmail ] && ! command -v exim4 > /dev/null; then
    echo 'System packages: another mail server is installed, which exim4 would replace: left out' >&2
    grep -v '^exim4-' || true
  else
    cat
  fi
}

install_missing() {
  local packages install options policy apt_log service
  mapfile -t packages < <(missing_packages | spare_the_mail_server)
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

  if command -v debconf-set-selections > /dev/null; then
    echo 'exim4-config exim4/dc_eximconfig_configtype select local delivery only; not on a network' | debconf-set-selections
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
  for service in fail2ban radicale exim4; do
    if [[ " ${packages[*]} " == *" $service"* ]] && command -v systemctl > /dev/null; then
      systemctl disable --now --quiet "$service.service" 2> /dev/null || true
    fi
  done
  echo "System packages: installed ${packages[*]}"
}

# Unpacks a second Exim into the cache of the workspace, of a release with the long message ids (4.97 and later), from
# Debian's backports. It runs beside the installed one and uses its user; nothing of the system is changed.
fetch_new_exim() {
  local cache work suite options
  cache=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/.cache/exim-new
  if [ -d "$cache" ] || ! command -v apt-get > /dev/null; then return; fi
  suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-}-backports")
  work=$(mktemp -d)
  mkdir -p "$work/lists/partial" "$work/archives/partial"
  printf 'deb http://deb.debian.org/debian %s main\n' "$suite" > "$work/backports.list"
  options=(-o "Dir::Etc::sourcelist=$work/backports.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$work/lists"
    -o "Dir::Cache=$work" -o "Dir::Cache::archives=$work/archives" -o Acquire::Retries=3)
  if (cd "$work" && apt-get "${options[@]}" update && apt-get "${options[@]}" download exim4-daemon-light exim4-base &&
    for package in ./*.deb; do dpkg -x "$package" unpacked; done) > /dev/null 2>&1; then
    mkdir -p "${cache%/*}"
    mv "$work/unpacked" "$cache"
    echo "Exim of $suite: unpacked"
  else
    echo "Exim of $suite: not there, so the long message ids are tested on our own spools only"
  fi
  rm -rf "$work"
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
fetch_new_exim
if [ "${1:-}" = --peers ]; then fetch_lists; fi
