#!/usr/bin/env python3
"""What the site costs with the volume of years: fills an SQLite database and prints what each thing takes.

    cargo build --release && benches/growth.py --users 1000000

It takes Python 3.9 or later and nothing else. The rows are written by SQL, not by the server: as many sessions as users, and five
times as many events, half of them past their retention, every seventeenth of one user. With `--users` below a million all of it
shrinks. `--binary` names another build, `--only` some of the parts. All of it is on loopback, in a
folder of its own that is removed at the end."""

import argparse
import http.client
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
import urllib.parse

PASSWORD = "walnut tram 지붕 eleven"
PARTS = ["start", "pages", "searches", "sign-in", "commands", "purge", "end"]


class Site:
    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder
        self.path = os.path.join(folder, "munjigi.db")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.environment = {
            "PATH": os.environ["PATH"],
            "MUNJIGI_DATA_DIR": folder,
            "MUNJIGI_LISTEN": f"127.0.0.1:{self.port}",
            "MUNJIGI_LOG": "error",
            "MUNJIGI_BCRYPT_COST": "10",
        }
        self.process = None

    def command(self, *words, text=None):
        return subprocess.run([self.binary, *words], env=self.environment, input=text, text=True, check=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=self.folder).stdout

    def measured(self, *words):
        """Seconds and peak memory (VmHWM) of a command."""
        begun = time.monotonic()
        process = subprocess.Popen([self.binary, *words], env=self.environment, cwd=self.folder, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        assert status == 0, words
        return time.monotonic() - begun, usage.ru_maxrss / 1024

    def start(self):
        """Seconds until it is ready."""
        begun = time.monotonic()
        self.process = subprocess.Popen([self.binary], env=self.environment, cwd=self.folder)
        while True:
            assert self.process.poll() is None, "the server has stopped"
            try:
                if Client(self).get("/readyz")[0] == 200:
                    return time.monotonic() - begun
            except OSError:
                pass
            time.sleep(0.01)

    def stop(self):
        self.process.terminate()
        self.process.wait(60)


class Client:
    """One connection, and one browser's cookies."""

    def __init__(self, site):
        self.site, self.cookies = site, {}
        self.connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)

    def ask(self, method, path, fields=None):
        return self.send(method, path, fields)[:2]

    def send(self, method, path, fields=None, as_json=False):
        """The status, the seconds, and the body of an answer."""
        origin = f"http://127.0.0.1:{self.site.port}"
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            body = json.dumps(fields) if as_json else urllib.parse.urlencode(fields)
            headers["Content-Type"] = "application/json" if as_json else "application/x-www-form-urlencoded"
            headers.update({"Origin": origin, "Sec-Fetch-Site": "same-origin", "Referer": origin + path})
        begun = time.monotonic()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return answer.status, time.monotonic() - begun, text

    def get(self, path):
        return self.ask("GET", path)

    def sign_in(self, name):
        status, seconds = self.ask("POST", "/login", {"login": name, "password": PASSWORD})
        assert status == 303, status
        return seconds


def at(share, values):
    values = sorted(values)
    return values[min(int(len(values) * share), len(values) - 1)]


def ms(seconds):
    return f"{seconds * 1000:.1f} ms"


def show(what, figure):
    print(f"| {what} | {figure} |", flush=True)


def fields_of(state):
    """The texts by name in a stored session (postcard: a count, then each name and text after its length)."""
    def text(place):
        length, shift = 0, 0
        while True:
            byte = state[place]
            length |= (byte & 127) << shift
            place, shift = place + 1, shift + 7
            if byte < 128:
                return state[place:place + length].decode(), place + length
    fields, place = {}, 1
    for _ in range(state[0]):
        name, place = text(place)
        fields[name], place = text(place)
    return fields


def state_of(fields):
    def text(value):
        value = value.encode()
        assert len(value) < 128
        return bytes([len(value)]) + value
    return bytes([len(fields)]) + b"".join(text(name) + text(value) for name, value in fields.items())


def fill(site, users):
    """Users, sessions and events; all users have the password of the first."""
    database = sqlite3.connect(site.path, isolation_level=None)
    database.execute("PRAGMA synchronous = OFF")
    now = int(time.time())
    password, = database.execute("SELECT password_hash FROM users WHERE username = 'sofia'").fetchone()
    state, = database.execute("SELECT state FROM embedded_sessions LIMIT 1").fetchone()
    fields = fields_of(state)
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
    heavy, = database.execute("SELECT id FROM users WHERE username = 'heavy'").fetchone()
    database.execute("BEGIN")
    database.execute(
        f"""{numbers} INSERT INTO users (username, username_key, email, email_key, display_name, password_hash,
                password_changed_at, epoch, created_at, email_verified_at)
            SELECT 'user' || i, 'user' || i, 'user' || i || '@example.org', 'user' || i || '@example.org',
                'Person number ' || i, ?, 1, 1, ? - i, 1 FROM n""", (users, password, now))
    first, = database.execute("SELECT min(id) FROM users WHERE username LIKE 'user%'").fetchone()
    rows = ((f"{i:043d}", first + i, state_of({**fields, "user": str(first + i), "e": "1"}), now, now + 7000)
            for i in range(users))
    database.executemany("INSERT INTO embedded_sessions (key, user_id, state, seen_at, expires_at) VALUES (?, ?, ?, ?, ?)", rows)
    # Half of them are older than the retention of 400 days at the most; one user has signed in very often.
    database.execute(
        f"""{numbers} INSERT INTO audit_events (at, event, user_id, actor_id, address, device, request_id)
            SELECT ? - (? - i) * 172800000 / ?,
                CASE i % 20 WHEN 0 THEN 'signed_out' WHEN 1 THEN 'password_changed' WHEN 2 THEN 'group_joined' ELSE 'signed_in' END,
                CASE WHEN i % 17 = 0 THEN ? ELSE ? + i % ? END, CASE WHEN i % 17 = 0 THEN ? ELSE ? + i % ? END,
                '192.0.2.' || (i % 250), 'Firefox · Linux', printf('%016x', i) FROM n""",
        (users * 5, now, users * 5, users * 5, heavy, first, users, heavy, first, users))
    database.execute("INSERT INTO groups (name, name_key, created_at) VALUES ('Large', 'large', 1)")
    database.execute("INSERT INTO group_members (group_id, user_id) SELECT 1, id FROM users LIMIT ?", (users // 100,))
    database.execute("DELETE FROM changes")
    database.execute("INSERT OR REPLACE INTO marks (name, at) VALUES ('cleaned_up', ?)", (now,))
    database.execute("COMMIT")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    bytes_ = sum(size for name, size in database.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name")
                 if name.startswith("audit_events"))
    events, = database.execute("SELECT count(*) FROM audit_events").fetchone()
    database.close()
    show("bytes of an event, with its indexes", f"{bytes_ / events:.0f}")


def grow_cold(path):
    """Takes the file out of the memory of the system."""
    file = os.open(path, os.O_RDONLY)
    os.fsync(file)
    os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
    os.close(file)


def pages(staff):
    for name, path in {
        "users": "/admin/users", "staff alone": "/admin/users?status=staff", "disabled users": "/admin/users?status=disabled",
        "a search for one": "/admin/users?q=user777@", "a search that finds nothing": "/admin/users?q=nobody-at-all",
        "the trail": "/admin/audit", "one day of it": "/admin/audit?from=2026-01-01&to=2026-01-01",
        "a day before all": "/admin/audit?from=2001-01-01&to=2001-01-01", "one event": "/admin/audit?event=group_joined",
        "a rare event": "/admin/audit?event=keys_rotated", "a user": "/admin/audit?user=heavy",
        "a user and a rare event": "/admin/audit?user=heavy&event=keys_rotated",
        "sessions": "/admin/sessions", "groups": "/admin/groups", "a large group": "/admin/groups/1",
    }.items():
        taken = []
        for _ in range(30):
            status, seconds = staff.get(path)
            assert status == 200, (path, status)
            taken.append(seconds)
        show(f"staff: {name}, p50 and p99", f"{ms(at(0.5, taken))}, {ms(at(0.99, taken))}")


def searches(site, staff):
    """Cold pages of other people, idle and while eight searches that find nothing run."""
    database = sqlite3.connect(site.path)
    first, = database.execute("SELECT min(id) FROM users WHERE username LIKE 'user%'").fetchone()
    names = iter(range(first + 10, first + 10_000))

    def cold_pages():
        taken, refused = [], 0
        for _ in range(100):
            # Staff see a user who is in no cache.
            status, seconds = staff.get(f"/admin/users/{next(names)}")
            taken.append(seconds)
            refused += status != 200
        return taken, refused

    idle, _ = cold_pages()
    stop, asked = threading.Event(), [0, 0]

    def search():
        client = Client(site)
        client.cookies = dict(staff.cookies)
        while not stop.is_set():
            status, _ = client.get("/admin/users?q=nobody-at-all")
            asked[0 if status == 200 else 1] += 1
    threads = [threading.Thread(target=search) for _ in range(8)]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    busy, refused = cold_pages()
    stop.set()
    for thread in threads:
        thread.join()
    show("a page that is in no cache, p50 and p99", f"{ms(at(0.5, idle))}, {ms(at(0.99, idle))}")
    show("the same while eight searches run", f"{ms(at(0.5, busy))}, {ms(at(0.99, busy))}; {refused} refused; "
         f"{asked[0]} searches answered, {asked[1]} refused")


def sign_ins(site, name, count=15):
    return [Client(site).sign_in(name) for _ in range(count)]


class Writers(threading.Thread):
    """A program that refreshes its tokens without pause; each time is a write."""

    def __init__(self, site):
        super().__init__()
        self.site, self.taken, self.refused, self.over = site, [], 0, threading.Event()

    def run(self):
        client, token = Client(self.site), None
        while not self.over.is_set():
            if token is None:
                fields = {"login": "sofia", "password": PASSWORD}
                status, _, answer = client.send("POST", "/api/auth/login", fields, as_json=True)
                # In the second in which all sessions end, a new one ends too.
                assert status in (200, 401), (status, answer)
            else:
                status, seconds, answer = client.send("POST", "/api/auth/refresh", {"refresh_token": token}, as_json=True)
                if status == 200:
                    self.taken.append(seconds)
                elif status != 401:
                    self.refused += 1
            token = json.loads(answer).get("refresh_token") if status == 200 else None if status == 401 else token
            time.sleep(0.01)

    def show(self, what):
        self.over.set()
        self.join()
        show(f"writes {what}, p50 and p99", f"{ms(at(0.5, self.taken))}, {ms(at(0.99, self.taken))}; "
             f"{len(self.taken)} done, {self.refused} refused")


def purge(site):
    database = sqlite3.connect(site.path, timeout=30)
    old = int(time.time()) - 400 * 24 * 3600
    count = lambda: database.execute("SELECT count(*) FROM audit_events WHERE at < ?", (old,)).fetchone()[0]
    all_of_them, begun = count(), None
    writers = Writers(site)
    writers.start()
    while True:
        left = count()
        if begun is None and left < all_of_them:
            begun = time.monotonic()
            writers.taken.clear()
        if left == 0:
            break
        time.sleep(0.5)
    show("events deleted, and seconds", f"{all_of_them}, {time.monotonic() - begun:.0f}")
    writers.show("while they were deleted")


class Watcher(threading.Thread):
    """Asks for a page until its session is over, as the user whom the command comes to last."""

    def __init__(self, site):
        super().__init__()
        site.command("user", "create", "last", "--email", "last@example.org", text=PASSWORD + "\n")
        self.client, self.ended = Client(site), None
        self.client.sign_in("last")

    def run(self):
        while self.client.get("/dashboard")[0] == 200:
            time.sleep(0.005)
        self.ended = time.monotonic()


def end(site):
    writers, watcher = Writers(site), Watcher(site)
    writers.start()
    watcher.start()
    time.sleep(1)
    begun = time.monotonic()
    seconds, memory = site.measured("session", "end", "--all")
    watcher.join()
    show("session end --all, and its peak memory", f"{seconds:.1f} s, {memory:.0f} MB")
    show("until the last session is refused", f"{watcher.ended - begun:.2f} s")
    time.sleep(1)
    writers.show("while all sessions ended")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--users", type=int, default=1_000_000)
    parser.add_argument("--binary", default="target/release/munjigi")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="munjigi-growth-")
    site = Site(os.path.abspath(options.binary), folder)
    try:
        site.command("user", "create", "sofia", "--email", "sofia@example.org", "--staff", text=PASSWORD + "\n")
        for name in ("noah", "heavy"):
            site.command("user", "create", name, "--email", f"{name}@example.org", text=PASSWORD + "\n")
        site.start()
        Client(site).sign_in("sofia")
        site.stop()
        print("| what | figure |\n| --- | --- |")
        fill(site, options.users)
        show("the database", f"{os.path.getsize(site.path) / 1e6:.0f} MB, {options.users} users")
        grow_cold(site.path)
        seconds = site.start()
        if "start" in options.only:
            show("ready after a start, from a cold file", f"{seconds:.2f} s")
        staff = Client(site)
        staff.sign_in("sofia")
        if "pages" in options.only:
            pages(staff)
        if "searches" in options.only:
            searches(site, staff)
        if "sign-in" in options.only:
            show("a sign-in, p50", ms(at(0.5, sign_ins(site, "noah"))))
            show("the same of the user who has signed in most, p50", ms(at(0.5, sign_ins(site, "heavy"))))
        if "commands" in options.only:
            for words in (("user", "list"), ("session", "list")):
                seconds, memory = site.measured(*words)
                show(f"{' '.join(words)}, and its peak memory", f"{seconds:.1f} s, {memory:.0f} MB")
        if "end" in options.only:
            end(site)
        if "purge" in options.only:
            purge(site)
        site.stop()
    finally:
        if site.process and site.process.poll() is None:
            site.process.kill()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
