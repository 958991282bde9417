# Prints each datagram that comes to a UNIX socket (`@name`: an abstract one) as one line of JSON.
import json
import socket
import sys

listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
listener.bind("\0" + sys.argv[1][1:] if sys.argv[1].startswith("@") else sys.argv[1])
print("ready", flush=True)
while True:
    print(json.dumps(listener.recv(65536).decode("utf-8", "replace")), flush=True)
