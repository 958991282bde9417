/** What a scene's configuration depends on. */
export interface SceneSettings {
  /** The 62 sub-directories of `split_spool_directory`. Default false. */
  readonly split?: boolean;
  /** Nothing is delivered, but where a caller asks for it (`-odi`, `-odf`, `-M`). Default false. */
  readonly queueOnly?: boolean;
  /** Message logs (`msglog/ID`), which hold the reasons. Default true. */
  readonly messageLogs?: boolean;
  /** Frozen messages are put aside (`move_frozen_messages`), where `exim -bp` does not see them. Default false. */
  readonly aside?: boolean;
  /** -D is stored as it came over the wire, with CRLF (`spool_wireformat`; only for BDAT). Default false. */
  readonly wireformat?: boolean;
  /** How long a delivery to `slow.test` takes, in seconds. Default 30: longer than the test that looks at it. */
  readonly slowSeconds?: number;
  /** Further lines of the main part, such as `log_selector = +all`. The last of two lines that say the same is an error. */
  readonly lines?: readonly string[];
}

/**
 * A configuration under which no mail leaves the machine: every router is local and no transport speaks SMTP. What
 * becomes of a recipient is told by its domain: see `EximScene`.
 *
 * `deliver_drop_privilege` lets deliveries run as Exim's own user, so that the file need not be in Exim's list of trusted
 * ones (`/etc/exim4/trusted_configs`), and nothing of the system is changed.
 */
export function sceneConfig(exim: string, spool: string, settings: SceneSettings): string {
  const { split = false, queueOnly = false, messageLogs = true, aside = false, wireformat = false } = settings;
  return `exim_path = ${exim}
primary_hostname = queue.example.test
qualify_domain = queue.example.test
spool_directory = ${spool}
log_file_path = ${spool}/log/%slog
deliver_drop_privilege
local_interfaces = 127.0.0.1
disable_ipv6
hosts_treat_as_local = *
host_lookup =
rfc1413_hosts =
tls_advertise_hosts =
smtputf8_advertise_hosts = *
chunking_advertise_hosts = *
dsn_advertise_hosts = *
prdr_enable = false
keep_environment = PATH : HOME
smtp_enforce_sync = false
allow_mx_to_ip = false
check_spool_space = 0
message_size_limit = 100M
bounce_return_size_limit = 4K
ignore_bounce_errors_after = 365d
timeout_frozen_after = 0s
auto_thaw = 0s
trusted_users = root : nobody
untrusted_set_sender = *
recipients_max = 0
queue_only = ${queueOnly}
split_spool_directory = ${split}
message_logs = ${messageLogs}
move_frozen_messages = ${aside}
spool_wireformat = ${wireformat}
acl_smtp_rcpt = accept
acl_smtp_data = acl_data
acl_not_smtp = acl_data
${(settings.lines ?? []).map((line) => `${line}\n`).join('')}
begin acl
acl_data:
  warn set acl_m_note = line one\\n-frozen 1\\nline three for $sender_address
       set acl_c_conn = conn-value
  accept

begin routers
ok:
  driver = accept
  domains = ok.test
  transport = devnull
list:
  driver = redirect
  domains = list.test
  data = member1@ok.test, member2@defer.test
onetime:
  driver = redirect
  domains = onetime.test
  one_time
  errors_to = owner@list.test
  data = m1@ok.test, m2@defer.test
slow:
  driver = accept
  domains = slow.test
  transport = slow
freeze:
  driver = redirect
  domains = freeze.test
  user = Debian-exim
  allow_filter
  allow_freeze
  data = "#Exim filter\\nfreeze text \\"held by policy\\"\\n"
fail:
  driver = redirect
  domains = fail.test
  allow_fail
  data = :fail: no such user here
defer:
  driver = redirect
  allow_defer
  data = :defer: nothing leaves this machine

begin transports
devnull:
  driver = appendfile
  file = /dev/null
slow:
  driver = pipe
  command = /bin/sleep ${settings.slowSeconds ?? 30}
  current_directory = ${spool}
  ignore_status

begin retry
* * F,2h,15m; F,4d,6h
`;
}
