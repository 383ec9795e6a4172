# terminal - types into a program on a terminal of its own and shows what it
# said, without what only moves the cursor.
#
#	terminal.py [-w COLUMNS] [-q QUIET] [-t TEXT]... COMMAND [ARGUMENT...]
#
# Each TEXT is typed when the program has said nothing for QUIET seconds; \r,
# \t and \x04 are keys. Ends with the status of the program, with 124 when it
# does not end by itself.
# SPDX-License-Identifier: Apache-2.0
import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
import time

columns, quiet, texts = 80, 0.4, []
words = sys.argv[1:]
while words and words[0].startswith("-"):
    if words[0] == "-w":
        columns = int(words[1])
    elif words[0] == "-q":
        quiet = float(words[1])
    else:
        texts.append(words[1].encode().decode("unicode_escape").encode())
    words = words[2:]

child, master = pty.fork()
if child == 0:
    os.execvp(words[0], words)
fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

said = b""
end = time.monotonic() + 60
status = None
while time.monotonic() < end:
    ready, _, _ = select.select([master], [], [], quiet if texts else 1)
    if ready:
        try:
            some = os.read(master, 65536)
        except OSError:
            some = b""
        if not some:
            status = os.waitpid(child, 0)[1]
            break
        said += some
    elif texts:
        os.write(master, texts.pop(0))
if status is None:
    os.kill(child, 9)
    os.waitpid(child, 0)
if not os.environ.get("RAW"):
    said = re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>()][0B]?|\x07|\x0f", b"", said)
sys.stdout.buffer.write(said.replace(b"\r\n", b"\n"))
sys.exit(124 if status is None else os.waitstatus_to_exitcode(status))
