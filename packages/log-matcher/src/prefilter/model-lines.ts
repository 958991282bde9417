/**
 * Lines of the kinds that logs are made of, with what varies left open: `°` a digit, `¬` a hexadecimal digit, `·` a word,
 * `§` an IPv4 address, `¦` a path, `¶` a browser. Written for this purpose; only the relation of the counts matters. A
 * line that begins with a digit and `*` stands for so many.
 */
export const lineShapes = `
9*§ - - [°°/Oct/20°°:°°:°°:°° +0000] "GET ¦ HTTP/1.1" 200 °°°° "https://www.example.org¦" "¶"
5*§ - - [°°/Nov/20°°:°°:°°:°° +0100] "GET ¦ HTTP/2.0" 200 °°°°° "-" "¶"
3*§ - - [°°/Dec/20°°:°°:°°:°° +0000] "GET ¦?·=·&·=°° HTTP/1.1" 304 0 "https://www.google.com/" "¶"
3*§ - - [°°/Feb/20°°:°°:°°:°° +0200] "GET ¦ HTTP/1.1" 404 °°° "-" "¶"
2*§ - · [°°/Mar/20°°:°°:°°:°° +0000] "POST ¦ HTTP/1.1" 302 °°° "http://·.example.com¦" "¶"
2*§ - - [°°/Apr/20°°:°°:°°:°° -0500] "POST /api/v°/· HTTP/1.1" 401 °° "-" "¶"
1*2001:db8:¬¬¬¬:¬¬::¬¬ - - [°°/May/20°°:°°:°°:°° +0000] "HEAD ¦ HTTP/1.0" 403 0 "-" "¶"
1*§ - - [°°/Jun/20°°:°°:°°:°° +0000] "OPTIONS / HTTP/1.1" 500 °°° "https://www.bing.com/search?q=·+·+·&page=°" "¶"
2*Oct °° °°:°°:°° host sshd[°°°°]: Failed password for root from § port °°°°° ssh2
2*Nov °° °°:°°:°° host sshd[°°°°]: Failed password for invalid user · from § port °°°°° ssh2
2*Dec °° °°:°°:°° host sshd[°°°°]: Invalid user · from § port °°°°°
1*Jan °° °°:°°:°° srv sshd[°°°°]: Connection closed by authenticating user root § port °°°°° [preauth]
1*Feb °° °°:°°:°° srv sshd[°°°°]: Accepted publickey for · from § port °°°°° ssh2: ED25519 SHA256:¬a¬Q¬z¬xW¬k¬u¬T¬p
1*Mar °° °°:°°:°° srv sshd[°°°°]: Received disconnect from § port °°°°°:11: Bye Bye [preauth]
1*Apr °° °°:°°:°° srv sshd[°°°°]: Disconnected from user · § port °°°°°
1*May °° °°:°°:°° srv sshd[°°°°]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=§ user=·
2*Jun °° °°:°°:°° srv sshd[°°°°]: pam_unix(sshd:session): session opened for user ·(uid=°°°°) by (uid=0)
1*Jul °° °°:°°:°° srv CRON[°°°°]: (root) CMD (   cd / && run-parts --report /etc/cron.hourly)
1*Aug °° °°:°°:°° srv CRON[°°°°]: pam_unix(cron:session): session closed for user root
1*Sep °° °°:°°:°° srv systemd[1]: Started · · service.
1*Oct °° °°:°°:°° srv systemd[1]: ·.service: Deactivated successfully.
1*Oct °° °°:°°:°° srv systemd-logind[°°°]: New session °°° of user ·.
1*Oct °° °°:°°:°° srv sudo:    · : TTY=pts/° ; PWD=/home/· ; USER=root ; COMMAND=/usr/bin/apt-get update
1*Oct °° °°:°°:°° srv kernel: [°°°°°.°°°°°°] IN=eth0 OUT= MAC=00:¬¬:¬¬:¬¬:¬¬:¬¬:08:00 SRC=§ DST=§ LEN=°° TOS=0x00 PREC=0x00 TTL=°° ID=°°°°° DF PROTO=TCP SPT=°°°°° DPT=22 WINDOW=64240 RES=0x00 SYN URGP=0
1*Oct °° °°:°°:°° mail postfix/smtpd[°°°°]: connect from unknown[§]
1*Oct °° °°:°°:°° mail postfix/smtpd[°°°°]: warning: unknown[§]: SASL LOGIN authentication failed: UGFzc3dvcmQ6
1*Oct °° °°:°°:°° mail postfix/smtpd[°°°°]: NOQUEUE: reject: RCPT from unknown[§]: 554 5.7.1 <·@example.org>: Relay access denied; from=<·@example.com> to=<·@example.org> proto=ESMTP helo=<·>
1*Oct °° °°:°°:°° mail postfix/qmgr[°°°]: ¬¬¬¬¬¬¬¬¬: from=<·@example.org>, size=°°°°, nrcpt=1 (queue active)
1*Oct °° °°:°°:°° mail dovecot: imap-login: Disconnected (auth failed, 1 attempts in ° secs): user=<·>, method=PLAIN, rip=§, lip=§, TLS, session=<¬x¬Gh¬>
1*20°°-°°-°° °°:°°:°° 1t¬Xy¬-0001a¬-2C <= ·@example.org H=mail.example.org [§] P=esmtps X=TLS1.3 S=°°°° id=¬¬¬¬@example.org
1*20°°-°°-°° °°:°°:°° 1t¬Xy¬-0001a¬-2C => ·@example.com R=dnslookup T=remote_smtp H=mx.example.com [§] C="250 OK"
1*20°°-°°-°° °°:°°:°° login authenticator failed for (·) [§]: 535 Incorrect authentication data (set_id=·)
2*[Thu Oct °° °°:°°:°°.°°°°°° 20°°] [core:error] [pid °°°°:tid °°°°] [client §:°°°°°] AH00126: Invalid URI in request GET ¦ HTTP/1.1
1*[Fri Oct °° °°:°°:°°.°°°°°° 20°°] [auth_basic:error] [pid °°°°:tid °°°°] [client §:°°°°°] AH01618: user · not found: ¦
1*[Mon Oct °° °°:°°:°°.°°°°°° 20°°] [php:error] [pid °°°°] [client §:°°°°°] script '/var/www/html¦' not found or unable to stat
2*20°°/°°/°° °°:°°:°° [error] °°°#°°°: *°° open() "/var/www/html¦" failed (2: No such file or directory), client: §, server: example.org, request: "GET ¦ HTTP/1.1", host: "example.org"
2*20°°-°°-°°T°°:°°:°°.°°°Z INFO [·] ·.·: request completed status=200 duration=°°ms path=¦ method=GET
1*20°°-°°-°°T°°:°°:°°.°°°Z WARN [·] ·.·: timeout while waiting for · connection from § after °°°°ms
1*20°°-°°-°° °°:°°:°°,°°° ERROR ·: could not · the ·: access denied for user '·'@'§' (using password: YES)
1*{"level":"info","time":"20°°-°°-°°T°°:°°:°°Z","msg":"· · ·","remote_addr":"§","status":200,"id":"¬¬¬¬¬¬¬¬"}
1*Oct °° °°:°°:°° ns named[°°°]: client @0x¬¬¬¬¬¬¬¬ §#°°°°° (·.com): query (cache) '·.com/A/IN' denied
1*[20°°-°°-°° °°:°°:°°] NOTICE[°°°°] chan_sip.c: Registration from '"°°°" <sip:°°°@§>' failed for '§:°°°°' - Wrong password
1*Oct °° °°:°°:°° ftp vsftpd[°°°°]: pam_unix(vsftpd:auth): check pass; user unknown
`;

/** Stand for `¶`. */
export const browsers = `
Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/1°°.0.°°°°.°° Safari/537.36
Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:1°°.0) Gecko/20100101 Firefox/1°°.0
Mozilla/5.0 (X11; Linux x86_64; rv:1°°.0) Gecko/20100101 Firefox/1°°.0
Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.° Safari/605.1.15
Mozilla/5.0 (iPhone; CPU iPhone OS 17_° like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148
Mozilla/5.0 (Linux; Android 13; SM-S90°B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/1°°.0.0.0 Mobile Safari/537.36
Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)
Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)
Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 5.1; Trident/4.0)
python-requests/2.°°.°
facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)
libwww-perl/6.°°
curl/7.°°.°
Wget/1.21.°
-
`;

/** Stand for `·`, also in paths. */
export const words = `
about access account action active address admin agent alert alice alpha api app archive area article asset auth
author back backup banner base basket bob board bootstrap browser build cache catalog category center clean comment
common community component config connect contact content control cookie create current customer data database date
default delete directory download element email enable error event example export external favicon feature feed file
find forum found friend gallery game get guest handler head header help history home host hour html icon image import
include index input install javascript job jquery key label language last layout level library license light like link
list load local location login logo logout mail manage media member menu message meta method mobile mode model module
monitor music mysql name network new news node note object old online open option order oracle page password patch
path payment perl photo php player plugin port portal post postgres poster preview product profile project public
query queue record redirect reference register release remove reply report request reset resource response result
review right robots router rss ruby runtime schema script search section secure select send server service session
setting shop show sidebar signup site sitemap social source staff start status store story submit summary support
survey switch sync system tab team template tenant test text theme thread thumb ticket time title token tool top topic
total transfer update upload url user utils validate value vendor version video web widget work world wp-admin wp-
content wp-includes xml
`;

/** Ends of file names in paths. */
export const endings: readonly string[] =
  '.php .php .html .js .css .png .jpg .svg .ico .txt .json .xml .woff2 / / - - -'.split(' ');
