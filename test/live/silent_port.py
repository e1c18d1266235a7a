"""Two neighbouring ports that answer nothing: HOST. Prints the first one.

Their queues are full, and what then comes in Linux drops: no firewall is needed, nor the right to have one.
"""
import errno
import random
import socket
import sys
import time

host = sys.argv[1]
SECONDS = 120


def listen(port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(0)
    return listener


def fill(port):
    clients = []
    while True:
        client = socket.socket()
        client.settimeout(1)
        clients.append(client)
        try:
            client.connect((host, port))
        except TimeoutError:
            return clients


while True:
    # Below the ports that Linux gives to those who do not ask for one.
    first = random.randrange(20000, 30000)
    try:
        listeners = [listen(first), listen(first + 1)]
        break
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
kept = [fill(first), fill(first + 1)]
print(first, flush=True)
time.sleep(SECONDS)
