"""A pyftpdlib server for the live tests: HOST PORT FOLDER LOG RATE MASQUERADE TLS."""
import logging
import sys

from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler, ThrottledDTPHandler
from pyftpdlib.servers import FTPServer

host, port, folder, log, rate, masquerade, certificate = sys.argv[1:8]
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
FTPServer((host, int(port)), handler).serve_forever()
