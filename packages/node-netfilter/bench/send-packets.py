"""Sends bursts of UDP packets to a discarding host, pinned to one core, and prints what one of them took.

Arguments: address, bursts, packets in each. Output: nanoseconds a packet, 10th percentile of the bursts.
"""

import os
import socket
import sys
import time

address, bursts, packets = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sender.connect((address, 9))
send = sender.send
payload = bytes(16)
taken = []
for _ in range(bursts):
    started = time.perf_counter_ns()
    for _ in range(packets):
        send(payload)
    taken.append((time.perf_counter_ns() - started) / packets)
taken.sort()
print(taken[len(taken) // 10])
