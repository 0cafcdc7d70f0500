"""Write the list of hashes of every picture kept for checking: `python -m training.check_only`."""

import hashlib
import sys
from pathlib import Path

import cv2

from training.sources import CHECK_ONLY, data_folder, pixels_digest


def main() -> int:
    """Hash every file below OPENANPR_DATA/validate, and the decoded pixels of each picture."""
    data = data_folder()
    if data is None or not (data / "validate").is_dir():
        print("OPENANPR_DATA must name the folder that holds validate/", file=sys.stderr)
        return 2
    lines = ["# SHA-256 of pictures kept for checking: kind f file, p decoded pixels (BGR)"]
    for path in sorted((data / "validate").rglob("*")):
        if not path.is_file():
            continue
        name = path.relative_to(data).as_posix()
        lines.append(f"{hashlib.sha256(path.read_bytes()).hexdigest()} f {name}")
        lines += [f"{digest} p {name}" for digest in _pixels(path)]
    CHECK_ONLY.write_text("\n".join(lines) + "\n", encoding="ascii")
    print(f"{len(lines) - 1} hashes", file=sys.stderr)
    return 0


def _pixels(path: Path) -> list[str]:
    if path.suffix.lower() in (".png", ".jpg", ".jpeg", ".bmp"):
        image = cv2.imread(str(path), cv2.IMREAD_COLOR)
        return [] if image is None else [pixels_digest(image)]
    if path.suffix.lower() != ".avi":
        return []
    digests = []
    film = cv2.VideoCapture(str(path))
    while True:
        more, frame = film.read()
        if not more:
            return digests
        digests.append(pixels_digest(frame))


if __name__ == "__main__":
    raise SystemExit(main())
