"""Run by Python 3.13 in its own environment: prints each job with emupos, `DOTS JOB.bin` a line on stdin to JOB.png."""

import sys
from pathlib import Path

from emupos.config import PrinterProfile
from emupos.printer.printer import Printer

for line in sys.stdin:
    dots, _, job = line.rstrip("\n").partition(" ")
    profile = PrinterProfile.model_validate(
        {
            "type": "printer",
            "name": "a head",
            "dpi": 203,
            "width_dots": int(dots),
            "font_a": {"width": 12, "height": 24},
            "font_b": {"width": 9, "height": 17},
            "code_pages": {0: "PC437", 17: "PC866"},
            "default_code_page": 0,
            "drawer_sensor_open_level": "high",
        }
    )
    printer = Printer("slip", profile, sensor_open_level="high", job_idle_timeout_ms=1000)
    printer.open_connection("tcp", 0.0)
    done = printer.receive("tcp", Path(job).read_bytes(), 0.0)
    unknown = [event for event in done.events if "unknown" in event.type or "unsupported" in event.type]
    if unknown or len(done.receipts) != 1:
        sys.exit(f"{job}: {len(done.receipts)} receipts, {unknown}")
    Path(job).with_suffix(".png").write_bytes(done.receipts[0].png)
    Path(job).with_suffix(".txt").write_text(done.receipts[0].text, "utf-8")
