"""The load of `make soak`: callers of every role on connections of their own, an import a minute, and what the service costs.

    soak-load.py PORT SERVICE_PID PSQL ADMIN_URL

Settings: SOAK_MINUTES, SOAK_CLIENTS, SOAK_RATE (requests a second altogether), SOAK_ATTACKERS (of each kind, 0 for none).
"""

import http.client
import json
import os
import random
import socket
import subprocess
import sys
import threading
import time

MINUTES = float(os.environ.get("SOAK_MINUTES", "10"))
CLIENTS = int(os.environ.get("SOAK_CLIENTS", "8"))
RATE = float(os.environ.get("SOAK_RATE", "60"))
ATTACKERS = int(os.environ.get("SOAK_ATTACKERS", "300"))
ATTACK_SECONDS = 25

# Bars. The first minute warms caches and is no part of them.
RSS_SLOPE_MIB_A_MINUTE = 1.0
FILES_MORE = 8
P99_TIMES = 1.2

READS = {
    "MANAGER_TOKEN": ["/v1/organisations", "/v1/grants?limit=20", "/v1/summaries/results?groupBy=campaign", "/v1/audit?limit=20"],
    "NGO_TOKEN": ["/v1/campaigns", "/v1/result-sets", "/v1/me"],
    "OTHER_NGO_TOKEN": ["/v1/campaigns", "/v1/result-sets?limit=5"],
    "FUNDER_TOKEN": ["/v1/summaries/results?groupBy=campaign", "/v1/summaries/results?groupBy=channel,month", "/v1/programmes"],
    "AUDITOR_TOKEN": ["/v1/audit?limit=50", "/v1/programmes", "/v1/tokens"],
}


class Caller:
    """One connection, kept; one more if it was closed."""

    def __init__(self, port, token):
        self.port, self.token, self.line = port, token, None

    def ask(self, method, path, body=None, fields=None):
        for last in (False, True):
            if self.line is None:
                self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            try:
                self.line.request(method, path, body, {"Authorization": "Bearer " + self.token, **(fields or {})})
                answer = self.line.getresponse()
                return answer.status, answer.read(), answer.headers
            except (OSError, http.client.HTTPException):
                self.line.close()
                self.line = None
                if last:
                    raise

    def send(self, method, path, document, fields=None):
        status, text, headers = self.ask(
            method, path, json.dumps(document), {"Content-Type": "application/json", **(fields or {})})
        if status not in (200, 201):
            raise SystemExit(f"{method} {path}: {status} {text[:300]}")
        return json.loads(text), headers


class Tally:
    """What was answered how fast, minute by minute."""

    def __init__(self):
        self.lock, self.times, self.errors = threading.Lock(), [], 0

    def add(self, seconds, good):
        with self.lock:
            self.times.append(seconds)
            self.errors += not good

    def take(self):
        with self.lock:
            times, errors, self.times, self.errors = self.times, self.errors, [], 0
        return times, errors


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000 if times else float("nan")


def read_for_ever(port, number, tally, stop):
    name = list(READS)[number % len(READS)]
    caller = Caller(port, os.environ[name])
    dice = random.Random(number)
    due = time.monotonic()
    while not stop.is_set():
        due += CLIENTS / RATE * dice.uniform(0.5, 1.5)
        time.sleep(max(0, due - time.monotonic()))
        began = time.monotonic()
        try:
            status, _, _ = caller.ask("GET", dice.choice(READS[name]))
        except (OSError, http.client.HTTPException):
            status = 0
        tally.add(time.monotonic() - began, status == 200)


def campaign_of_our_own(port):
    """Somewhere to import to, month after month."""
    manager = Caller(port, os.environ["MANAGER_TOKEN"])
    campaign = json.loads(manager.ask("GET", "/v1/campaigns?limit=1")[1])["items"][0]
    grant = json.loads(manager.ask("GET", "/v1/grants/" + campaign["grantIds"][0])[1])
    made, _ = manager.send("POST", "/v1/campaigns", {
        "organisationId": campaign["organisationId"], "grantIds": [grant["id"]], "name": "Soak", "startsOn": "1990-01-01",
        "endsOn": "2030-12-31", "countries": ["UA"], "channels": ["x"]})
    return manager, made["id"]


def import_month(manager, campaign, number):
    year, month = 1990 + number // 12, number % 12 + 1
    rows = ["channel,metric,from,to,content,value"]
    for content in range(500):
        for metric in ("impressions", "linkClicks"):
            rows.append(f"x,{metric},{year}-{month:02}-01,{year}-{month:02}-28,ad {content},{1000 + content}")
    status, text, _ = manager.ask(
        "POST", f"/v1/campaigns/{campaign}/result-sets", "\r\n".join(rows), {"Content-Type": "text/csv"})
    if status not in (200, 201):
        raise SystemExit(f"the import was answered {status}: {text[:300]}")


def costs(pid, psql, url):
    status = open(f"/proc/{pid}/status").read()
    rss = int(status.split("VmRSS:")[1].split()[0]) / 1024
    backends = subprocess.run(
        [psql, "-XAtq", url, "-c", "select count(*) from pg_stat_activity where usename = 'counterpoint_service'"],
        capture_output=True, text=True, check=True)
    return rss, len(os.listdir(f"/proc/{pid}/fd")), int(backends.stdout)


def slope(values):
    """Least squares, a step."""
    n = len(values)
    if n < 2:
        return 0.0
    mean = (n - 1) / 2
    return sum((i - mean) * v for i, v in enumerate(values)) / sum((i - mean) ** 2 for i in range(n))


def soak(port, pid, psql, url):
    tally, stop = Tally(), threading.Event()
    manager, campaign = campaign_of_our_own(port)
    threads = [threading.Thread(target=read_for_ever, args=(port, n, tally, stop), daemon=True) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    print(f"\n{'minute':>6}{'requests':>10}{'errors':>8}{'p50 ms':>9}{'p99 ms':>9}{'RSS MiB':>9}{'files':>7}{'backends':>10}")
    minutes = []
    for number in range(max(2, round(MINUTES))):
        import_month(manager, campaign, number)
        time.sleep(60 * MINUTES / max(2, round(MINUTES)))
        times, errors = tally.take()
        minute = (len(times), errors, percentile(times, 0.5), percentile(times, 0.99), *costs(pid, psql, url))
        minutes.append(minute)
        print(f"{number + 1:>6}{minute[0]:>10}{minute[1]:>8}{minute[2]:>9.1f}{minute[3]:>9.1f}{minute[4]:>9.1f}"
              f"{minute[5]:>7}{minute[6]:>10}", flush=True)
    stop.set()
    for thread in threads:
        thread.join()
    return verdict(minutes)


def verdict(minutes):
    warm = minutes[1:] if len(minutes) > 2 else minutes
    grows = slope([m[4] for m in warm])
    checks = [
        ("errors", sum(m[1] for m in minutes), 0),
        ("RSS, MiB a minute", round(grows, 2), RSS_SLOPE_MIB_A_MINUTE),
        ("files more than at first", max(m[5] for m in warm) - warm[0][5], FILES_MORE),
        ("backends more than at first", max(m[6] for m in warm) - warm[0][6], FILES_MORE),
        ("last p99 / first p99", round(warm[-1][3] / warm[0][3], 2), P99_TIMES),
    ]
    print(f"\n{'':<30}{'found':>8}{'at most':>9}")
    for name, found, most in checks:
        print(f"{name:<30}{found:>8}{most:>9}  {'holds' if found <= most else 'DOES NOT HOLD'}")
    return all(found <= most for _, found, most in checks)


# Slow clients


def waste(port, kind, ended, stop):
    """Opens a connection, says little, and notes when it was let go."""
    began = time.monotonic()
    try:
        line = socket.create_connection(("127.0.0.1", port), 30)
        line.settimeout(1)
        line.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n" if kind == "head" else (
            b"POST /v1/campaigns HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n"
            b"Authorization: Bearer " + os.environ["MANAGER_TOKEN"].encode() + b"\r\n\r\n"))
        while not stop.is_set():
            try:
                if not line.recv(4096):
                    break
            except socket.timeout:
                line.sendall(b"X-A: b\r\n" if kind == "head" else b" ")
    except OSError:
        pass
    if not stop.is_set():
        ended.append((kind, time.monotonic() - began))


def legitimate(port, seconds):
    caller, times, bad = Caller(port, os.environ["FUNDER_TOKEN"]), [], 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        began = time.monotonic()
        status, _, _ = caller.ask("GET", "/v1/summaries/results?groupBy=campaign")
        times.append(time.monotonic() - began)
        bad += status != 200
        time.sleep(0.01)
    return times, bad


def attack(port, pid):
    print(f"\nslow clients: {ATTACKERS} with half a head, {ATTACKERS} with a dripping body")
    quiet, _ = legitimate(port, 10)
    before = int(open(f"/proc/{pid}/status").read().split("VmRSS:")[1].split()[0]) / 1024
    ended, stop = [], threading.Event()
    threading.stack_size(256 * 1024)
    threads = [threading.Thread(target=waste, args=(port, kind, ended, stop), daemon=True)
               for kind in ("head", "body") for _ in range(ATTACKERS)]
    for thread in threads:
        thread.start()
    times, bad = legitimate(port, ATTACK_SECONDS)
    after = int(open(f"/proc/{pid}/status").read().split("VmRSS:")[1].split()[0]) / 1024
    heads = [seconds for kind, seconds in ended if kind == "head"]
    stop.set()
    print(f"{'':<12}{'requests':>10}{'failed':>8}{'p50 ms':>9}{'p99 ms':>9}")
    print(f"{'quiet':<12}{len(quiet):>10}{0:>8}{percentile(quiet, 0.5):>9.1f}{percentile(quiet, 0.99):>9.1f}")
    print(f"{'attacked':<12}{len(times):>10}{bad:>8}{percentile(times, 0.5):>9.1f}{percentile(times, 0.99):>9.1f}")
    print(f"half heads let go: {len(heads)} of {ATTACKERS}, the last after {max(heads, default=float('nan')):.1f} s; "
          f"memory {before:.1f} to {after:.1f} MiB")
    return bad == 0 and len(heads) == ATTACKERS


def main(port, pid, psql, url):
    held = soak(int(port), int(pid), psql, url)
    if ATTACKERS:
        held = attack(int(port), int(pid)) and held
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:5]))
