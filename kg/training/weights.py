"""Writes a folder of weights: the files, and `metadata.json` with what they are and their hashes."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.training.corpus import STATUSES

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


def write_arrays(path: Path, arrays: dict[str, NDArray[np.generic]]) -> None:
    """An `.npz` whose bytes depend on the arrays alone (NumPy's own writer stamps the time)."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(arrays):
            held = io.BytesIO()
            np.lib.format.write_array(held, np.ascontiguousarray(arrays[name]), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, held.getvalue())


def write_metadata(folder: Path, version: str, types: tuple[str, ...], **more: Any) -> None:
    """`metadata.json`, which lists every other file of the folder with its SHA-256."""
    hashes = {
        p.name: hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.iterdir())
        if p.is_file() and p.name != "metadata.json"
    }
    metadata = {"version": version, "types": types, "statuses": STATUSES, "sha256": hashes, **more}
    (folder / "metadata.json").write_text(json.dumps(metadata, indent=1) + "\n", encoding="utf-8")
