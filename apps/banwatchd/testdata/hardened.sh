# Runs a command as banwatchd.service would, as far as that goes without systemd: an unprivileged user in the group adm who
# has CAP_NET_ADMIN and nothing else, a file system that is read-only, a /proc with processes only and none of others.
# Usage, in mount and network namespaces of its own: hardened.sh WRITABLE_FOLDER COMMAND…
set -e
writable=$1
shift
mount --make-rprivate /
ip link set lo up
mount --bind "$writable" "$writable"
mount -o remount,bind,ro /
mount -t proc -o nosuid,nodev,noexec,subset=pid,hidepid=invisible proc /proc
exec setpriv --reuid 65534 --regid 65534 --groups 4 --no-new-privs \
  --inh-caps -all,+net_admin --ambient-caps -all,+net_admin --bounding-set -all,+net_admin "$@"
