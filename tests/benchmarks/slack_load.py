# ruff: noqa: T201
"""How the bot bears load: mentions in many channels of a local Slack, the bot in a process of its own.

    python tests/benchmarks/slack_load.py [--rate 50] [--channels 100] [--seconds 60] [--events 0] [--index FOLDER]

Starts `seminar slack` over Socket Mode against the playground's server and asks `rate` questions a second, each in the
next channel, for so many seconds; with `--events` until so many events were delivered. A question is answered when its
reply stands in its thread. Prints the times of answers, what was lost or answered twice, and the bot's CPU and memory.
The goals: answered within 1 s at the 99th percentile, none lost, none twice; memory after 50,000 events within 10 % of
that after 5,000 (--events 50000). Exits with 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import itertools
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bot.playground.server import Server, create_server
from bot.playground.state import BOT_USER, Channel, Message, User
from bot.slack.manifest import build_manifest

ROOT = Path(__file__).resolve().parents[2]
GOAL_SECONDS = 1.0
GOAL_GROWTH = 0.10
EARLY_EVENTS = 5_000
PATIENCE = 30.0
MONTHS = ("January", "March", "May", "July", "September", "October", "December")
QUESTIONS = (
    *(f"NEV sales in {month} {year}?" for month in MONTHS for year in range(2017, 2026)),
    *(f"NEV production in {month} {year}?" for month in MONTHS for year in range(2017, 2026)),
    *(
        f"electric cars sold in {region} in {year}?"
        for region in ("Germany", "Norway", "China", "France")
        for year in range(2015, 2025)
    ),
    "power battery installed capacity from January to October 2021?",
    "NEV sales by month in 2021?",
    "compare NEV sales in October 2021 and October 2020",
    "what is the takeaway on Japan?",
    "why is Japan betting on all-solid-state?",
    "which companies make semi-solid batteries?",
    "what did the seminar say about sulfide electrolytes?",
    "cobalt price at the end of 2021?",
    "2021年10月新能源汽车销量是多少？",
    "hello",
)


@dataclass
class Watch:
    """When each question was asked and answered, as the workspace saw it."""

    asked: dict[str, float] = field(default_factory=dict)
    replies: Counter[str] = field(default_factory=Counter)
    took: list[float] = field(default_factory=list)
    delivered: int = 0

    def hear(self, kind: str, value: Any) -> None:
        """A listener of the workspace; it is told inside its lock."""
        if kind == "message" and isinstance(value, Message) and value.from_app and value.thread_ts:
            self.replies[value.thread_ts] += 1
            if value.thread_ts in self.asked and self.replies[value.thread_ts] == 1:
                self.took.append(time.perf_counter() - self.asked[value.thread_ts])
        elif kind == "entry" and value.kind == "event" and value.outcome == "acked":
            self.delivered += 1


@dataclass(frozen=True)
class Bot:
    """The bot's process, as the kernel sees it."""

    process: subprocess.Popen[bytes]

    def memory(self) -> float:
        """Its resident memory, MB."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))

    def cpu(self) -> float:
        """Seconds of CPU so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def start_bot(server: Server, home: Path, index: Path | None) -> Bot:
    """`seminar slack` with this Slack's tokens, once it is connected."""
    environment = os.environ | {
        "SEMINAR_HOME": str(home),
        "SLACK_BOT_TOKEN": server.bot_token,
        "SLACK_APP_TOKEN": server.app_token,
        "SLACK_API_URL": f"{server.url}/api/",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-c", "from bot.cli import main; main()", "slack"]
    command += ["--index", str(index)] if index else []
    with (home / "bot.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=ROOT)
    with server.workspace.changed:
        if not server.workspace.changed.wait_for(lambda: server.hub.connections, timeout=300):
            process.kill()
            sys.exit(f"the bot did not connect: {(home / 'bot.log').read_text()[-2000:]}")
    return Bot(process)


def ask_all(server: Server, people: list[User], channels: list[Channel], watch: Watch, args: Any) -> None:
    """Asks at an even pace until the time is over or enough events were delivered; prints memory on the way."""
    questions = itertools.cycle(QUESTIONS)
    mention = f"@{server.workspace.users[BOT_USER].name}"
    start = time.perf_counter()
    for number in itertools.count():
        due = start + number / args.rate
        if args.events and watch.delivered >= args.events:
            return
        if not args.events and due - start >= args.seconds:
            return
        time.sleep(max(0.0, due - time.perf_counter()))
        with server.workspace.changing():
            asking = time.perf_counter()
            person, channel = people[number % len(people)], channels[number % len(channels)]
            said = server.desktop.say(person, channel, f"{mention} {next(questions)}")
            watch.asked[said.ts] = asking
        note_memory(watch, args.bot, args.memory)


def note_memory(watch: Watch, bot: Bot, noted: dict[int, float]) -> None:
    """The bot's memory after every 5,000 events."""
    step = watch.delivered // EARLY_EVENTS * EARLY_EVENTS
    if step and step not in noted:
        noted[step] = bot.memory()
        print(f"after {step:>6,} events: {noted[step]:.1f} MB", flush=True)


def settle(server: Server, watch: Watch) -> None:
    """Waits until every question has a reply, and then for second replies that should not come."""
    with server.workspace.changed:
        server.workspace.changed.wait_for(lambda: len(watch.replies) >= len(watch.asked), timeout=PATIENCE)
        server.workspace.changed.wait_for(lambda: False, timeout=2.0)


def print_findings(watch: Watch, bot: Bot, args: Any) -> bool:
    """Prints what was measured; whether every goal is met."""
    took = sorted(watch.took)

    def at(share: float) -> float:
        return took[min(len(took) - 1, int(share * len(took)))]

    lost = [ts for ts in watch.asked if not watch.replies[ts]]
    twice = [ts for ts, count in watch.replies.items() if count > 1]
    print(
        f"{len(watch.asked):,} questions over {args.channels} channels at {args.rate:g}/s; "
        f"load {os.getloadavg()[0]:.1f}"
    )
    print(f"answered in {at(0.5):.3f} s at the median, {at(0.99):.3f} s at p99, {took[-1]:.3f} s at most")
    print(f"lost {len(lost)}, answered twice {len(twice)}; {watch.delivered:,} events delivered")
    print(
        f"the bot: {1000 * (bot.cpu() - args.cpu) / len(watch.asked):.1f} ms of CPU a question, {bot.memory():.1f} MB"
    )
    well = at(0.99) <= GOAL_SECONDS and not lost and not twice
    if len(args.memory) > 1:
        growth = args.memory[max(args.memory)] / args.memory[EARLY_EVENTS] - 1
        print(f"memory after {max(args.memory):,} events against after {EARLY_EVENTS:,}: {growth:+.1%}")
        well &= growth <= GOAL_GROWTH
    return well


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rate", type=float, default=50, help="questions a second")
    parser.add_argument("--channels", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--events", type=int, default=0, help="go on until so many events were delivered")
    parser.add_argument("--index", type=Path, help="a built index (default: the shipped corpus, built anew)")
    args = parser.parse_args()
    server = create_server(build_manifest())
    watch = Watch()
    server.workspace.listeners.append(watch.hear)
    people = [server.workspace.add_user(f"person{n}") for n in range(20)]
    members = (*(person.id for person in people), BOT_USER)
    channels = [server.workspace.add_channel(f"channel-{n}", members) for n in range(args.channels)]
    server.start()
    with tempfile.TemporaryDirectory() as home:
        bot = args.bot = start_bot(server, Path(home), args.index)
        try:
            args.cpu, args.memory = bot.cpu(), {}
            print(f"connected, {bot.memory():.1f} MB", flush=True)
            ask_all(server, people, channels, watch, args)
            settle(server, watch)
            well = print_findings(watch, bot, args)
        finally:
            bot.process.terminate()
            bot.process.wait(30)
            server.stop()
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
