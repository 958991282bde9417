# Prints each datagram that comes to a UNIX socket as one line of JSON.
import json
import socket
import sys

listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
listener.bind(sys.argv[1])
print("ready", flush=True)
while True:
    print(json.dumps(listener.recv(65536).decode("utf-8", "replace")), flush=True)
