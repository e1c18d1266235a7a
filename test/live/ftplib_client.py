"""A client of Python's ftplib for the live tests: HOST PORT USER PASSWORD PATH WHAT [PORT].

It waits for the server's word on the control connection, however long that takes.
"""
import ftplib
import select
import sys

host, port, user, password, path, what = sys.argv[1:7]
# ftplib prints to where its caller does not look.
sys.stdout = sys.stderr
WAIT_SECONDS = 50


def wait(seconds=WAIT_SECONDS):
    select.select([ftp.sock], [], [], seconds)


ftp = ftplib.FTP()
ftp.set_debuglevel(1)
ftp.connect(host, int(port), timeout=WAIT_SECONDS)
if what == "no-login":
    wait()
ftp.login(user, password)
if what == "idle":
    ftp.retrbinary(f"RETR {path}", lambda piece: None)
    wait()
    ftp.pwd()
elif what == "keep-alive":
    while True:
        ftp.voidcmd("NOOP")
        wait(0.5)
else:
    ftp.voidcmd("TYPE I")
if what == "stalled-download":
    data = ftp.transfercmd(f"RETR {path}")
    wait()
elif what == "stalled-upload":
    data = ftp.transfercmd(f"STOR {path}")
    data.sendall(b"u" * 5000)
    wait()
elif what == "never-connects":
    ftp.sendcmd("EPSV")
    ftp.sendcmd(f"RETR {path}")
elif what == "set-up-only":
    ftp.sendcmd("PASV")
    wait()
elif what == "impatient":
    ftp.timeout = 3
    ftp.transfercmd(f"RETR {path}")
elif what in ("PORT", "EPRT"):
    announce = ftp.sendport if what == "PORT" else ftp.sendeprt
    announce(host, int(sys.argv[7]))
    ftp.sendcmd(f"RETR {path}")
ftp.voidresp()
