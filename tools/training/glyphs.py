# SPDX-License-Identifier: MIT
"""Digits drawn with the fonts of Debian packages, and how they are varied.

Fonts are split by package, so that no design of the held-out fonts is in the training set under another weight or slant;
packages that hold the same design count as one. The split is by a hash of the package's name: nobody chose it. What still
resembles a training font closely (there are many drawings of Times and Helvetica) is dropped from the held-out ones.
"""

import hashlib
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFont

PACKAGES = """
fonts-3270 fonts-adf-accanthis fonts-adf-baskervald fonts-adf-berenis fonts-adf-gillius fonts-adf-ikarius fonts-adf-irianis
fonts-adf-libris fonts-adf-mekanus fonts-adf-romande fonts-adf-solothurn fonts-adf-switzera fonts-adf-tribun
fonts-adf-universalis fonts-adf-verana fonts-agave fonts-allerta fonts-anonymous-pro fonts-averia-sans-gwf
fonts-averia-serif-gwf fonts-b612 fonts-bebas-neue fonts-beteckna fonts-breip fonts-cabin fonts-cantarell
fonts-century-catalogue fonts-clear-sans fonts-cmu fonts-comfortaa fonts-comic-neue fonts-courier-prime
fonts-crosextra-caladea fonts-crosextra-carlito fonts-dejavu-core fonts-dejavu-extra fonts-dosis fonts-dustin
fonts-ebgaramond fonts-ecolier-court fonts-essays1743 fonts-fantasque-sans fonts-fanwood fonts-femkeklaver fonts-firacode
fonts-freefont-ttf fonts-georgewilliams fonts-glasstty fonts-gnutypewriter fonts-go fonts-goudybookletter fonts-hack
fonts-hermit fonts-humor-sans fonts-inconsolata fonts-inter fonts-jetbrains-mono fonts-junction fonts-junicode fonts-jura
fonts-karla fonts-lato fonts-league-spartan fonts-levien-museum fonts-liberation2 fonts-lindenhill fonts-linuxlibertine
fonts-lmodern fonts-lobstertwo fonts-manrope fonts-monofur fonts-monoid fonts-mononoki fonts-national-park fonts-ocr-b
fonts-oldstandard fonts-open-sans fonts-opendin fonts-opendyslexic fonts-osifont fonts-oxygen fonts-paratype fonts-play
fonts-prociono fonts-quattrocento fonts-quicksand fonts-radisnoir fonts-roboto-slab fonts-roboto-unhinted
fonts-routed-gothic fonts-sil-andika fonts-sil-charis fonts-sil-doulos fonts-sil-gentium fonts-sjfonts fonts-sora
fonts-stix fonts-texgyre fonts-tiresias fonts-tuffy fonts-urw-base35 fonts-vollkorn fonts-yanone-kaffeesatz fonts-yrsa-rasa
""".split()

SAME_DESIGN = {  # package: the package whose side it takes
    "fonts-cmu": "fonts-lmodern", "fonts-dejavu-extra": "fonts-dejavu-core", "fonts-hack": "fonts-dejavu-core",
    "fonts-freefont-ttf": "fonts-urw-base35", "fonts-texgyre": "fonts-urw-base35", "fonts-sil-doulos": "fonts-sil-charis",
    "fonts-crosextra-carlito": "fonts-lato", "fonts-averia-serif-gwf": "fonts-averia-sans-gwf",
    "fonts-roboto-slab": "fonts-roboto-unhinted", "fonts-national-park": "fonts-routed-gothic",
}

CELL = 64  # a drawn glyph is CELL x CELL; its height is that of the digit
SIDE = 28  # what the network sees
LEAST_DIFFERENCE = 0.06  # mean over a font's ten cells; Liberation Sans and DejaVu Sans differ by 0.067


@dataclass
class Drawn:
    """All digits of some fonts: `images` [N, 1, CELL, CELL] in 0 .. 1, ink is 1; N = 10 fonts, digits in order."""

    fonts: list[str]
    images: torch.Tensor

    @property
    def labels(self) -> torch.Tensor:
        return torch.arange(10).repeat(len(self.fonts))


def held_out(package: str) -> bool:
    name = SAME_DESIGN.get(package, package)
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") % 5 == 0


def font_files() -> dict[str, list[Path]]:
    """The fonts of the packages that have all ten digits, by fontconfig's word."""
    digits = " ".join(f"{ord(c):x}" for c in "0123456789")
    listed = subprocess.run(["fc-list", f":charset={digits}", "file"], check=True, capture_output=True, text=True).stdout
    usable = {line.split(":")[0] for line in listed.splitlines()}
    found = {}
    for package in PACKAGES:
        answer = subprocess.run(["dpkg", "-L", package], capture_output=True, text=True)
        if answer.returncode:
            raise SystemExit(f"{package}: not installed; run apt-get install $(/usr/bin/python3 tools/training/glyphs.py)")
        files = {Path(f).resolve() for f in answer.stdout.splitlines() if f in usable and f.endswith((".ttf", ".otf"))}
        found[package] = sorted(files)
    return found


def draw_font(file: Path) -> list[Image.Image] | None:
    """The ten digits, or nothing if the font draws a blank, the same twice, or a digit wider than it is high."""
    font = ImageFont.truetype(str(file), 96)
    cells, seen = [], set()
    for digit in "0123456789":
        canvas = Image.new("L", (320, 320))
        ImageDraw.Draw(canvas).text((100, 100), digit, font=font, fill=255)
        box = canvas.getbbox()
        if box is None or box[2] - box[0] > box[3] - box[1]:
            return None
        glyph = canvas.crop(box)
        seen.add(glyph.tobytes())
        width = max(1, round(glyph.width * CELL / glyph.height))
        cell = Image.new("L", (CELL, CELL))
        cell.paste(glyph.resize((width, CELL), Image.Resampling.BOX), ((CELL - width) // 2, 0))
        cells.append(cell)
    return cells if len(seen) == 10 else None


def draw(held: bool) -> Drawn:
    """Every usable font of the training packages, or of the held-out ones."""
    fonts, images = [], []
    for package, files in font_files().items():
        if held_out(package) != held:
            continue
        for file in files:
            cells = draw_font(file)
            if cells:
                fonts.append(file.stem)
                images.extend(np.asarray(cell) for cell in cells)
    return Drawn(fonts, torch.from_numpy(np.stack(images)).float().div(255)[:, None])


def strangers(drawn: Drawn, known: Drawn) -> Drawn:
    """The fonts of `drawn` that differ from every one of `known` by at least LEAST_DIFFERENCE."""
    a, b = drawn.images.reshape(len(drawn.fonts), -1), known.images.reshape(len(known.fonts), -1)
    kept = (torch.cdist(a, b, p=1).min(1).values / a.shape[1] >= LEAST_DIFFERENCE).nonzero().ravel().tolist()
    return Drawn([drawn.fonts[f] for f in kept], torch.cat([drawn.images[10 * f:10 * f + 10] for f in kept]))


def vary(images: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    """SIDE x SIDE pictures: turned up to 12 degrees, slanted, sized, moved, blurred, faded, and with noise over all."""
    n = len(images)

    def uniform(low: float, high: float) -> torch.Tensor:
        return torch.rand(n, generator=random) * (high - low) + low

    angle, slant = uniform(-0.21, 0.21), uniform(-0.2, 0.2)
    height = uniform(17, 24) / SIDE  # of the digit, as a part of the picture
    stretch = uniform(0.85, 1.15)
    room = 1 - height
    move_x, move_y = uniform(-1, 1) * room * 0.7, uniform(-1, 1) * room * 0.7
    cos, sin = angle.cos(), angle.sin()
    # Where in the cell (-1 .. 1) each pixel of the picture comes from.
    rows = torch.stack([
        torch.stack([cos / (height * stretch), (sin + slant) / (height * stretch), -move_x / (height * stretch)], 1),
        torch.stack([-sin / height, cos / height, -move_y / height], 1)], 1)
    grid = torch.nn.functional.affine_grid(rows, [n, 1, 2 * SIDE, 2 * SIDE], align_corners=False)
    fine = torch.nn.functional.grid_sample(images, grid, align_corners=False)
    picture = torch.nn.functional.avg_pool2d(fine, 2)  # two samples a pixel and direction: no ragged edges
    soft = torch.nn.functional.avg_pool2d(torch.nn.functional.pad(picture, (1, 1, 1, 1)), 3, 1)
    blur = uniform(0, 0.7)[:, None, None, None]
    ink = uniform(0.6, 1.0)[:, None, None, None]
    noise = uniform(0, 0.12)[:, None, None, None]
    picture = ink * (picture + blur * (soft - picture))
    return (picture + noise * torch.randn(picture.shape, generator=random)).clamp(0, 1)


if __name__ == "__main__":
    print(*PACKAGES)
