"""`detente packages` and NegMAS on the same scenarios, as whole processes: compare.py DETENTE PYTHON [FOLDER...]

DETENTE is the release binary, PYTHON a Python with `negmas` installed (`pip install negmas`, about 800 MB).
Without folders it draws scenarios of its own. Each line: seconds of processor time, megabytes at most, points
of the frontier. NegMAS enumerates all packages; it is left out beyond two million of them.
"""

import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
DRAWN = [
    ("2p-1e5", 1, 2, [10] * 5),
    ("2p-1e6", 2, 2, [10] * 6),
    ("3p-1e6", 3, 3, [10] * 6),
    ("4p-1e6", 4, 4, [10] * 6),
    ("5p-240000", 5, 5, [8, 5, 6, 10, 10, 10]),
    ("2p-1e30", 6, 2, [10] * 30),
]


def measured(command):
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.dup2(writing, 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        os.close(reading)
        os.execvp(command[0], command)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        text = pipe.read()
    _, status, usage = os.wait4(pid, 0)
    if status != 0:
        return None
    return text, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def beyond(folder):
    """Whether there are more packages than can be enumerated."""
    domain = next(name for name in os.listdir(folder) if "domain" in name)
    with open(os.path.join(folder, domain)) as text:
        issues = text.read().split("<issue ")[1:]
    packages = 1
    for issue in issues:
        packages *= issue.count("<item ")
    return packages > 2_000_000


def main():
    detente, python, folders = sys.argv[1], sys.argv[2], sys.argv[3:]
    with tempfile.TemporaryDirectory() as scratch:
        if not folders:
            for name, seed, parties, sizes in DRAWN:
                folder = os.path.join(scratch, name)
                script = os.path.join(HERE, "scenario.py")
                shape = [str(seed), str(parties), ",".join(map(str, sizes))]
                subprocess.run([sys.executable, script, folder, *shape], check=True)
                folders.append(folder)
        print(f"{'scenario':<14}{'detente s':>11}{'MB':>7}{'NegMAS s':>11}{'MB':>7}{'points':>9}")
        for folder in folders:
            ours = measured([detente, "packages", folder, "--format", "csv"])
            points = len(ours[0].splitlines()) - 1
            line = f"{os.path.basename(folder):<14}{ours[1]:>11.3f}{ours[2]:>7.0f}"
            if beyond(folder):
                print(f"{line}{'-':>11}{'-':>7}{points:>9}")
                continue
            theirs = measured([python, os.path.join(HERE, "reference.py"), folder])
            if theirs is None:
                print(f"{line}{'failed':>11}{'-':>7}{points:>9}")
                continue
            count = int(theirs[0].split()[0])
            same = "" if count == points else f"  NegMAS: {count}"
            print(f"{line}{theirs[1]:>11.2f}{theirs[2]:>7.0f}{points:>9}{same}")


main()
