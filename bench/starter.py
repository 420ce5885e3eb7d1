"""python -I -S starter.py COMMAND...: runs it, and prints as JSON its exit status and what it took.

Linux counts into the peak memory of a process that of the one that started it. This one is small, whatever the bench
itself holds; it is a script and no module, so that nothing of ours is loaded into it.
"""

import json
import os
import subprocess
import sys
import time

began = time.perf_counter()
try:
    process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
except OSError as error:
    sys.exit(f"{sys.argv[1]}: {error.strerror}")
_, status, usage = os.wait4(process.pid, 0)
process.returncode = os.waitstatus_to_exitcode(status)
took = {"wall": time.perf_counter() - began, "cpu": usage.ru_utime + usage.ru_stime, "memory": usage.ru_maxrss / 1024}
print(json.dumps({"status": process.returncode, "took": took}))
