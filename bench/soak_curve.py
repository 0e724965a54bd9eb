"""What a long run was like: samples -> a table, a plot of text, a judgement. Knows no process and no clock."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean

HEIGHT, WIDTH = 12, 60  # of a plot, in characters
SETTLED = 300.0  # seconds after which nothing may grow
MEMORY_MAY_GROW, REST_MAY_GROW = 0.10, 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One look at the daemon. Memory in megabytes; articles, versions and requests since its start."""

    seconds: float
    memory: float
    workers_memory: float
    files: int
    threads: int
    tasks: int
    cpu: float  # seconds of the daemon without its workers
    wal: float  # megabytes of archive.db-wal
    articles: int
    versions: int
    requests: int
    waiting: int  # entries that are not read yet


Figure = Callable[[Sample], float]


def table(samples: Sequence[Sample], every: float = 60.0) -> str:
    """A line for each `every` seconds: means of what goes up and down, rates of what only grows."""
    head = (
        "  time  memory  workers  files  threads  tasks   cpu    wal  articles  requests  waiting\n"
        "   min      MB       MB                            %     MB     a min     a sec"
    )
    steps = [within(samples, start, start + every) for start in _steps(samples[-1].seconds, every)]
    return "\n".join([head, *(_line(before, step) for before, step in _pairs(samples[0], steps))])


def _steps(end: float, every: float) -> list[float]:
    return [number * every for number in range(max(1, round(end / every)))]


def _pairs(first: Sample, steps: Sequence[Sequence[Sample]]) -> list[tuple[Sample, Sequence[Sample]]]:
    """Each step that has samples, with the last sample before it."""
    filled = [step for step in steps if step]
    return list(zip([first, *(step[-1] for step in filled)], filled, strict=False))


def _line(before: Sample, step: Sequence[Sample]) -> str:
    last, seconds = step[-1], max(step[-1].seconds - before.seconds, 1.0)
    return (
        f"{last.seconds / 60:6.1f}  {mean(step, _memory):6.1f}  {mean(step, lambda each: each.workers_memory):7.1f}"
        f"  {mean(step, _files):5.0f}  {last.threads:7}  {mean(step, _tasks):5.0f}"
        f"  {100 * (last.cpu - before.cpu) / seconds:4.0f}  {mean(step, lambda each: each.wal):5.1f}"
        f"  {60 * (last.articles - before.articles) / seconds:8.0f}"
        f"  {(last.requests - before.requests) / seconds:8.1f}  {last.waiting:7}"
    )


def plot(samples: Sequence[Sample], figure: Figure, name: str) -> str:
    """The figure over time, from nought up."""
    end = samples[-1].seconds
    width = min(WIDTH, len(samples) - 1)
    columns = [within(samples, end * n / width, end * (n + 1) / width) for n in range(width)]
    values = [mean(each, figure) if each else None for each in columns]
    top = max(value for value in values if value is not None) * 1.05 or 1.0
    rows = []
    for row in range(HEIGHT, 0, -1):
        marks = "".join("*" if value is not None and _row(value, top) == row else " " for value in values)
        rows.append(f"{top * row / HEIGHT:8.0f} |{marks.rstrip()}")
    return "\n".join([name, *rows, f"{0:8} +{'-' * width}", f"{'':9} 0{end / 60:{max(width - 5, 5)}.1f} min"])


def _row(value: float, top: float) -> int:
    return max(1, min(HEIGHT, round(value / top * HEIGHT)))


def judge(samples: Sequence[Sample]) -> list[str]:
    """What grew that should not have, in words; nothing when all is well."""
    early, late = ends(samples)
    wrong = []
    if (growth := mean(late, _memory) / mean(early, _memory) - 1) > MEMORY_MAY_GROW:
        wrong.append(f"memory grew by {growth:.0%}")
    for name, figure, few in REST:
        before, after = mean(early, figure), mean(late, figure)
        if after > before * (1 + REST_MAY_GROW) + few:
            wrong.append(f"{name} grew from {before:.0f} to {after:.0f}")
    return wrong


def ends(samples: Sequence[Sample]) -> tuple[Sequence[Sample], Sequence[Sample]]:
    """The minute around the fifth (in a short run: after a third of it), and the last minute."""
    end = samples[-1].seconds
    settled = min(SETTLED, end / 3)
    half = min(30.0, end / 6)
    return within(samples, settled - half, settled + half), within(samples, end - 2 * half, end)


def within(samples: Sequence[Sample], after: float, until: float) -> Sequence[Sample]:
    """Those later than `after` seconds, up to `until`."""
    return [each for each in samples if after < each.seconds <= until]


def mean(samples: Sequence[Sample], figure: Figure) -> float:
    return fmean(figure(each) for each in samples)


def _memory(sample: Sample) -> float:
    return sample.memory


def _files(sample: Sample) -> float:
    return sample.files


def _threads(sample: Sample) -> float:
    return sample.threads


def _tasks(sample: Sample) -> float:
    return sample.tasks


# What may not pile up, and how many more or less are no slope: a connection each, a poll of many at the same second.
REST: Sequence[tuple[str, Figure, float]] = (
    ("open files", _files, 10),
    ("threads", _threads, 2),
    ("tasks", _tasks, 40),
)
