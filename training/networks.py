"""The two networks, as PyTorch modules whose `forward` is what the exported graph computes."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional


def conv(
    inputs: int, outputs: int, size: int = 3, stride: int | tuple[int, int] = 1, groups: int = 1
) -> nn.Sequential:
    """Return convolution, batch normalisation and ReLU."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, size, stride, size // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


class Residual(nn.Module):
    """Two 3x3 convolutions with a way around them."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = conv(width, width)
        self.second = nn.Sequential(
            nn.Conv2d(width, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width)
        )

    def forward(self, x: Tensor) -> Tensor:
        return functional.relu(x + self.second(self.first(x)))


class Attention(nn.Module):
    """One pre-normalised self-attention block over a sequence [n, length, width]."""

    def __init__(self, width: int, heads: int, hidden: int) -> None:
        super().__init__()
        self.heads = heads
        self.before = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.middle = nn.LayerNorm(width)
        self.mlp = nn.Sequential(nn.Linear(width, hidden), nn.ReLU(), nn.Linear(hidden, width))

    def forward(self, x: Tensor) -> Tensor:
        length, width = x.shape[1], x.shape[2]
        each = width // self.heads
        qkv = self.qkv(self.before(x)).reshape(-1, length, 3, self.heads, each)
        q, k, v = qkv.permute(2, 0, 3, 1, 4).unbind(0)
        weights = torch.softmax((q @ k.transpose(-1, -2)).float() * each**-0.5, -1).to(v.dtype)
        mixed = (weights @ v).transpose(1, 2).reshape(-1, length, width)
        x = x + self.out(mixed)
        return x + self.mlp(self.middle(x))


class Recogniser(nn.Module):
    """Reads a crop: characters by slot, lines, country, readable; see the package's README."""

    GRID = (6, 36)

    def __init__(self, *, slots: int = 10, classes: int = 37, countries: int = 16) -> None:
        super().__init__()
        self.slots = slots
        width, deep = 80, 128
        self.trunk = nn.Sequential(
            conv(1, 24, 5, 2),
            conv(24, 48, 3, 2),
            Residual(48),
            conv(48, width, 3, (2, 1)),
            Residual(width),
            Residual(width),
        )
        cells = self.GRID[0] * self.GRID[1]
        self.place = nn.Parameter(torch.randn(1, cells // 4, width) * 0.02)
        self.place_fine = nn.Parameter(torch.randn(1, cells, width) * 0.02)
        self.context = Attention(width, 4, 2 * width)
        self.norm = nn.LayerNorm(width)
        self.look = nn.Linear(width, slots)
        self.value = nn.Linear(width, deep)
        self.slot = nn.Parameter(torch.randn(1, slots, deep) * 0.02)
        self.order = Attention(deep, 4, 2 * deep)
        self.characters = nn.Sequential(nn.LayerNorm(deep), nn.Linear(deep, classes))
        self.whole = nn.Sequential(nn.Linear(width + deep, 96), nn.ReLU())
        self.lines = nn.Linear(96, 2)
        self.country = nn.Linear(96, countries)
        self.readable = nn.Linear(96, 1)

    def forward(self, plates: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return characters [n, slots, 37], lines [n, 2], country [n, k], readable [n, 1]."""
        return self.train_forward(plates)[:4]

    def spread(self, x: Tensor) -> Tensor:
        """Return the cells [n, 216, width], each told by attention at half size where it stands."""
        coarse = functional.avg_pool2d(x, 2)
        height, width = coarse.shape[2:]
        tokens = self.context(coarse.flatten(2).transpose(1, 2) + self.place)
        coarse = tokens.transpose(1, 2).reshape(-1, x.shape[1], height, width)
        x = x + functional.interpolate(coarse, scale_factor=2.0)
        return x.flatten(2).transpose(1, 2) + self.place_fine

    def train_forward(self, plates: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Return the outputs of `forward` and the slots' attention [n, cells, slots]."""
        x = plates.float()
        mean = x.mean((2, 3), keepdim=True)
        spread = ((x - mean) ** 2).mean((2, 3), keepdim=True).sqrt()
        x = self.trunk((x - mean) / (spread + 4.0))
        cells = self.norm(self.spread(x))
        look = torch.softmax(self.look(cells).float(), 1)
        seen = look.transpose(1, 2).to(cells.dtype) @ self.value(cells)
        slots = self.order(seen + self.slot)
        characters = self.characters(slots)
        whole = self.whole(torch.cat([cells.mean(1), slots.mean(1)], 1))
        return (
            characters.float(),
            self.lines(whole).float(),
            self.country(whole).float(),
            self.readable(whole).float(),
            look,
        )


class Light(nn.Module):
    """Depthwise convolution, then a pointwise one; a way around where the shape allows."""

    def __init__(self, inputs: int, outputs: int, size: int = 3, stride: int = 1) -> None:
        super().__init__()
        self.around = inputs == outputs and stride == 1
        self.depth = conv(inputs, inputs, size, stride, groups=inputs)
        self.point = nn.Sequential(
            nn.Conv2d(inputs, outputs, 1, bias=False), nn.BatchNorm2d(outputs)
        )

    def forward(self, x: Tensor) -> Tensor:
        # Depthwise convolutions run backwards twice as fast in float32 as in bfloat16.
        with torch.autocast("cpu", enabled=False):
            y = self.depth(x.float())
        y = self.point(y)
        return functional.relu(x + y if self.around else y)


class Detector(nn.Module):
    """Finds plates: a heat map of centres at stride 8, box and corners in each cell."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(conv(1, 16, 3, 2), Light(16, 32, 3, 2), Light(32, 32))
        self.eighth = nn.Sequential(Light(32, 64, 5, 2), Light(64, 64), Light(64, 64))
        self.sixteenth = nn.Sequential(Light(64, 128, 5, 2), Light(128, 128, 5), Light(128, 128, 5))
        self.thirtysecond = nn.Sequential(
            Light(128, 128, 5, 2), Light(128, 128, 5), Light(128, 128, 5)
        )
        self.down16 = nn.Conv2d(128, 64, 1)
        self.down32 = nn.Conv2d(128, 64, 1)
        self.merge16 = Light(64, 64, 5)
        self.merge8 = nn.Sequential(Light(64, 64, 5), Light(64, 64, 5))
        self.out = nn.Conv2d(64, 13, 1)
        nn.init.zeros_(self.out.bias)
        with torch.no_grad():
            self.out.bias[0] = -4.0
            self.out.bias[1:5] = torch.tensor([1.2, 0.2, 1.2, 0.2])

    def raw(self, image: Tensor) -> Tensor:
        """Return [n, 13, h/8, w/8]: heat logit, four log distances, eight corner offsets."""
        x = (image.float() - 110.0) / 60.0
        a = self.eighth(self.stem(x))
        b = self.sixteenth(a)
        c = self.thirtysecond(b)
        b = self.down16(b) + functional.interpolate(self.down32(c), scale_factor=2.0)
        b = self.merge16(b)
        return self.out(self.merge8(a + functional.interpolate(b, scale_factor=2.0))).float()

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor]:
        """Return score [n, 1, h/8, w/8], peaks only, and geometry [n, 12, h/8, w/8] in pixels."""
        raw = self.raw(image)
        score = torch.sigmoid(raw[:, :1])
        peak = functional.max_pool2d(score, 3, 1, 1)
        score = score * (score >= peak).float()
        box, corners = geometry(raw)
        return score, torch.cat([box, corners], 1)


def geometry(raw: Tensor) -> tuple[Tensor, Tensor]:
    """Return box distances [n, 4, ...] and corner offsets [n, 8, ...] in pixels from `raw`."""
    box = torch.exp(raw[:, 1:5].clamp(-4.0, 5.0)) * 8.0
    left, top, right, bottom = box.unbind(1)
    half_w, half_h = (left + right) / 2, (top + bottom) / 2
    u = raw[:, 5:13]
    corners = [
        -left + u[:, 0] * half_w, -top + u[:, 1] * half_h,
        right + u[:, 2] * half_w, -top + u[:, 3] * half_h,
        right + u[:, 4] * half_w, bottom + u[:, 5] * half_h,
        -left + u[:, 6] * half_w, bottom + u[:, 7] * half_h,
    ]  # fmt: skip
    return box, torch.stack(corners, 1)
