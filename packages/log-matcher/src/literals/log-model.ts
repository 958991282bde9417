/**
 * Lines of the kinds that logs are made of, to tell common words from rare ones: a literal that stands in every line
 * makes a poor prefilter however long it is. Written for this purpose; only the relation of the counts matters.
 */
const sample = `
198.51.100.7 - - [10/Oct/2024:13:55:36 +0000] "GET /index.php?page=12&id=4711 HTTP/1.1" 200 2326 "https://www.example.org/start.html" "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36"
203.0.113.15 - alice [10/Oct/2024:13:55:37 +0200] "POST /api/v1/user/login HTTP/2.0" 302 512 "-" "curl/7.88.1"
2001:db8::17 - - [11/Oct/2024:04:12:01 +0000] "GET /wp-content/themes/site/style.css?ver=6.4 HTTP/1.1" 304 0 "http://example.com/" "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Safari/605.1.15"
192.0.2.44 - - [11/Oct/2024:04:12:02 +0000] "GET /images/logo.png HTTP/1.1" 404 196 "https://www.google.com/" "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
198.51.100.23 - - [12/Oct/2024:22:10:59 +0000] "GET /search?q=new+server+config&lang=en HTTP/1.1" 200 10453 "-" "Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0"
192.0.2.9 - - [12/Oct/2024:22:11:00 +0000] "HEAD /contact.html HTTP/1.0" 200 0 "-" "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) Mobile/15E148"
Oct 10 13:55:36 host sshd[1234]: Failed password for root from 198.51.100.7 port 40022 ssh2
Oct 10 13:55:38 host sshd[1234]: Failed password for invalid user admin from 203.0.113.15 port 51514 ssh2
Oct 10 13:55:39 host sshd[1240]: Invalid user test from 192.0.2.44 port 33992
Oct 10 13:55:40 host sshd[1240]: Connection closed by authenticating user root 192.0.2.44 port 33992 [preauth]
Oct 10 13:55:41 host sshd[1250]: Accepted publickey for alice from 192.0.2.9 port 55012 ssh2: ED25519 SHA256:c2lsZW50bHkgc2hpZnRpbmcgc2FuZA
Oct 10 13:55:41 host sshd[1250]: pam_unix(sshd:session): session opened for user alice(uid=1000) by (uid=0)
Oct 10 13:55:44 host sshd[1250]: Received disconnect from 192.0.2.9 port 55012:11: disconnected by user
Oct 10 13:55:44 host sshd[1250]: Disconnected from user alice 192.0.2.9 port 55012
Oct 10 13:55:45 host sshd[1260]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=198.51.100.7 user=root
Oct 10 14:00:01 host CRON[2001]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)
Oct 10 14:00:01 host CRON[2002]: (root) CMD (   cd / && run-parts --report /etc/cron.hourly)
Oct 10 14:00:01 host CRON[2001]: pam_unix(cron:session): session closed for user root
Oct 10 14:03:12 host systemd[1]: Started Session 42 of User alice.
Oct 10 14:03:12 host systemd-logind[601]: New session 42 of user alice.
Oct 10 14:03:13 host systemd[1]: session-42.scope: Deactivated successfully.
Oct 10 14:05:00 host sudo:    alice : TTY=pts/0 ; PWD=/home/alice ; USER=root ; COMMAND=/usr/bin/apt-get update
Oct 10 14:05:20 host kernel: [12345.678901] IN=eth0 OUT= MAC=00:00:5e:00:53:01:00:00:5e:00:53:02:08:00 SRC=198.51.100.7 DST=192.0.2.1 LEN=60 TOS=0x00 PREC=0x00 TTL=51 ID=54321 DF PROTO=TCP SPT=40022 DPT=22 WINDOW=64240 RES=0x00 SYN URGP=0
Oct 10 14:06:01 mail postfix/smtpd[3001]: connect from unknown[203.0.113.15]
Oct 10 14:06:02 mail postfix/smtpd[3001]: warning: unknown[203.0.113.15]: SASL LOGIN authentication failed: authentication failure
Oct 10 14:06:02 mail postfix/smtpd[3001]: NOQUEUE: reject: RCPT from unknown[203.0.113.15]: 554 5.7.1 <bob@example.org>: Relay access denied; from=<a@example.com> to=<bob@example.org> proto=ESMTP helo=<example.com>
Oct 10 14:06:03 mail postfix/smtpd[3001]: disconnect from unknown[203.0.113.15] ehlo=1 auth=0/1 quit=1 commands=2/3
Oct 10 14:06:09 mail postfix/qmgr[900]: 4F2A31C0D: from=<alice@example.org>, size=1432, nrcpt=1 (queue active)
Oct 10 14:06:10 mail dovecot: imap-login: Login: user=<alice>, method=PLAIN, rip=192.0.2.9, lip=192.0.2.1, mpid=3100, TLS, session=<Zm9vYmFyYmF6>
Oct 10 14:06:30 mail dovecot: auth-worker(3200): pam(bob,203.0.113.15): pam_authenticate() failed: Authentication failure (password mismatch?)
2024-10-10 14:06:12 1t0Xyz-0001ab-2C <= alice@example.org H=mail.example.org [192.0.2.9] P=esmtps X=TLS1.3 S=2048 id=abc@example.org
2024-10-10 14:06:13 1t0Xyz-0001ab-2C => bob@example.com R=dnslookup T=remote_smtp H=mx.example.com [198.51.100.40] C="250 OK id=1t0Xyz"
[Thu Oct 10 14:07:00.123456 2024] [core:error] [pid 4000:tid 1400] [client 203.0.113.15:51514] AH00126: Invalid URI in request GET /../../etc/passwd HTTP/1.1
[Thu Oct 10 14:07:01.223456 2024] [auth_basic:error] [pid 4000:tid 1401] [client 203.0.113.15:51516] AH01618: user bob not found: /private
2024/10/10 14:07:05 [error] 500#500: *77 open() "/var/www/html/favicon.ico" failed (2: No such file or directory), client: 192.0.2.9, server: example.org, request: "GET /favicon.ico HTTP/1.1", host: "example.org"
2024-10-10T14:07:09.123Z INFO [main] service.Server - request completed status=200 duration=12ms path=/api/v2/items method=GET
Oct 10 14:08:00 ns named[700]: client @0x7f00 198.51.100.7#53124 (example.com): query (cache) 'example.com/A/IN' denied
Oct 10 14:08:01 host vsftpd[4100]: pam_unix(vsftpd:auth): authentication failure; logname= uid=0 euid=0 tty=ftp ruser=admin rhost=203.0.113.15
`.toLowerCase();

const lineCount = sample.split('\n').length - 2;

const grams = new Map<string, number>();

function countGrams(): void {
  for (let i = 0; i + 3 <= sample.length; i++) {
    const gram = sample.slice(i, i + 3);
    grams.set(gram, (grams.get(gram) ?? 0) + 1);
  }
}

/** Expected number per line of three characters that the sample does not have. */
const unseenGram = 0.002;

/**
 * Occurrences per line that a text of three characters is expected to have.
 *
 * @param gram lower case
 */
export function gramsPerLine(gram: string): number {
  if (grams.size === 0) countGrams();
  return (grams.get(gram) ?? 0) / lineCount + unseenGram;
}

/**
 * Occurrences per line that a text is expected to have.
 *
 * @param text lower case
 */
export function textsPerLine(text: string): number {
  let count = 0;
  for (let at = sample.indexOf(text); at !== -1; at = sample.indexOf(text, at + 1)) count += 1;
  return count / lineCount + unseenGram * 0.5 ** text.length;
}
