"""Loads a configuration with the fail2ban that is installed and prints how long that took.

Usage: fail2ban-loading.py DIR COUNT
Each time all files are read anew and the commands for the server are made, as `fail2ban-client -d` does.
"""
import json
import logging
import sys
import time

from fail2ban.client.configurator import Configurator

logging.disable(logging.CRITICAL)
wall, cpu = time.perf_counter(), time.process_time()
for _ in range(int(sys.argv[2])):
    configurator = Configurator(force_enable=False)
    configurator.setBaseDir(sys.argv[1])
    configurator.readAll()
    configurator.getOptions(None)
    configurator.convertToProtocol(allow_no_files=True)
print(json.dumps({
    'cpuMs': (time.process_time() - cpu) * 1000,
    'wallMs': (time.perf_counter() - wall) * 1000,
    'jails': sum(command[0] == 'add' for command in configurator.getConfigStream()),
}))
