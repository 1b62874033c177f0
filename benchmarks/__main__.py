"""`python -m benchmarks [NAME...] [--json]`: name, value, unit, what to hold, and what was measured beside it."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import tempfile
from pathlib import Path

from benchmarks import boards, consoles, finding, paper, phones, queue, rooms, slips, touch

BENCHMARKS = {
    run.__name__: run
    for run in (
        queue.issue_vs_sqlite,
        queue.call_vs_sqlite,
        queue.tap_to_commit_p99_ms,
        paper.tap_to_paper_p99_ms,
        paper.stuck_printer_neighbour_ratio,
        boards.call_to_board_p95_ms,
        boards.call_to_web_board_p95_ms,
        boards.board_memory_growth,
        consoles.act_to_console_p95_ms,
        consoles.next_p99_ms,
        phones.phones_last_s,
        phones.next_with_phones_p99_ms,
        rooms.kiosk_first_frame_vs_bare,
        touch.kiosk_page_change_p95_ms,
        touch.kiosk_memory_growth,
        queue.call_next_growth,
        rooms.idle_cpu_percent,
        finding.search_p95_ms,
        slips.slip_draw_encode_ms,
        slips.slip_bytes,
    )
}


def main() -> int:
    """Run those named, or all; 1 when a number is not held."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    asked = parser.parse_args()
    unknown = [name for name in asked.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"there is no benchmark {', '.join(unknown)}")
    missed = 0
    for name in asked.names or BENCHMARKS:
        # On the disk of the work tree: a temporary folder may lie in memory, where a commit costs nothing.
        Path("var").mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir="var", prefix="benchmark-") as folder:
            for result in BENCHMARKS[name](Path(folder).absolute()):
                missed += not result.held
                if asked.json:
                    print(json.dumps({**dataclasses.asdict(result), "held": result.held}), flush=True)
                else:
                    mark = "held  " if result.held else "MISSED"
                    number = f"{result.name:<28} {result.value:8.2f} {result.unit:<6} {result.hold:<8}"
                    print(f"{mark} {number} {result.floor}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
