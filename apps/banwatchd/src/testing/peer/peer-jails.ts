/** jail.local of the scene in which both clients are compared; `@DIR@` is the scene's folder. */
export const peerJails: string = `[DEFAULT]
banaction = dummy
banaction_allports = dummy
action = dummy[name=%(__name__)s, target=@DIR@/banned]
backend = polling
bantime = 600
[sshd]
enabled = true
logpath = @DIR@/auth.log
maxretry = 3
[web]
enabled = true
filter =
failregex = ^<HOST> bad .*$
            ^evil <ADDR>$
ignoreregex = good
logpath = @DIR@/web.log
          @DIR@/web2.log tail
ignoreip = 10.0.0.0/8 192.0.2.192/28
ignorecommand = /bin/false <ip>
datepattern = ^%%Y-%%m-%%d
bantime.increment = true
action = dummy[name=%(__name__)s, init="x y", target=@DIR@/banned]
         iptables-multiport[name=web, port=80]
`;
