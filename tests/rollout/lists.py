"""Lists of local governments to import: the province's real one where it lies beside the project, and one of the same shape."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

from tests.factories.rollout import DISTRICTS

HEAD = ["dla_code_2560", "type", "name_th", "name_en", "amphoe_th", "amphoe_geocode", "lgo_geocode", "size_sml_2560"]


def real_list() -> Path:
    """The list of Chiang Mai's 211; never kept in the project."""
    return Path(os.environ.get("PHROM_LGO_LIST", Path(__file__).parents[3] / "shared/data/lgo_chiangmai.csv"))


def generated_list(rows: int = 211) -> bytes:
    """Invented names in the shape of the real list: one of the whole province, some without an English name."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerow(["2990101", "อบจ.", "ตัวอย่าง", "Sample", "", "", "990050", ""])
    for place in range(1, rows):
        kind = "เทศบาลตำบล" if place % 9 < 5 else "อบต."
        english = "" if place % 35 == 0 else f"Sample {place}"
        district = place % 25
        geocode = [DISTRICTS[district], f"99{district:02}", f"99{place:04}", "SML"[place % 3]]
        writer.writerow([f"599{place:04}", kind, f"ตัวอย่าง {place}", english, *geocode])
    return stream.getvalue().encode()
