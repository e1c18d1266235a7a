"""A pyftpdlib server for the live tests: HOST PORT FOLDER LOG RATE MASQUERADE TLS PASSIVE_PORT TIMERS."""
import json
import logging
import sys

from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import ActiveDTP, DTPHandler, FTPHandler, PassiveDTP, ThrottledDTPHandler
from pyftpdlib.servers import FTPServer

host, port, folder, log, rate, masquerade, certificate, passive_port, timers = sys.argv[1:10]
logging.basicConfig(filename=log, level=logging.DEBUG, format="[%(levelname)1.1s %(asctime)s] %(message)s",
                    datefmt="%Y-%m-%d %H:%M:%S")
logging.getLogger("asyncio").setLevel(logging.ERROR)
handler = FTPHandler
if certificate != "-":
    from pyftpdlib.handlers import TLS_FTPHandler
    handler = TLS_FTPHandler
    handler.certfile = certificate
authorizer = DummyAuthorizer()
authorizer.add_user("alice", "w0nder1", folder, perm="elradfmwMT")
handler.authorizer = authorizer
handler.masquerade_address = None if masquerade == "-" else masquerade
if rate != "0":
    class Throttled(ThrottledDTPHandler):
        read_limit = int(rate)
        write_limit = int(rate)
    handler.dtp_handler = Throttled
if passive_port != "0":
    handler.passive_ports = [int(passive_port), int(passive_port) + 1]
timers = json.loads(timers)
handler.timeout = timers.get("idle", timers.get("login", handler.timeout))
DTPHandler.timeout = timers.get("data", DTPHandler.timeout)
for data_channel in ActiveDTP, PassiveDTP:
    data_channel.timeout = timers.get("connect", data_channel.timeout)
FTPServer((host, int(port)), handler).serve_forever()
