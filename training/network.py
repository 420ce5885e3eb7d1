"""The network: MiniLM-L6 over word pieces, a cue head over words, a linker that reads them anew for each cue."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from firsthand.attribution.words import CASES, PLACES, QUOTES

LAYERS, WIDTH, HEADS, VOCABULARY, POSITIONS = 6, 384, 12, 30522, 512
LINKER = 192
DISTANCES = 64
"""Word distances from the cue are told apart up to this many words on either side."""
ROLES = 4


@dataclass(frozen=True, slots=True)
class Batch:
    """B windows padded to P pieces and N words. first: [B, N]; features: [B, N, 3]; word_of: [B, P]."""

    pieces: Tensor
    piece_mask: Tensor
    word_of: Tensor
    first: Tensor
    features: Tensor
    word_mask: Tensor


def drop(x: Tensor, rate: float, training: bool) -> Tensor:
    """Dropout of whole features over a window: its mask is cheap to draw. Not compared with the usual one."""
    if not training or rate == 0:
        return x
    return x * F.dropout(torch.ones(x.shape[0], 1, x.shape[2], dtype=x.dtype), rate)


class Rounding(nn.Linear):
    """A linear layer that can calculate as the exported one does, with inputs and weights of 8 bits."""

    rounding = False

    def forward(self, x: Tensor) -> Tensor:
        """[B, ..., inputs] to [B, ..., outputs]."""
        if not self.rounding:
            return F.linear(x, self.weight, self.bias)
        return F.linear(_rounded_inputs(x.float()), _rounded_weights(self.weight), self.bias)


def _rounded_inputs(x: Tensor) -> Tensor:
    """256 levels between the least and the greatest value of each window; gradients pass as if nothing was done."""
    flat = x.detach().flatten(1)
    low = flat.amin(1).clamp(max=0.0).view(-1, *[1] * (x.dim() - 1))
    high = flat.amax(1).clamp(min=0.0).view_as(low)
    scale = (high - low).clamp(min=1e-8) / 255
    return x + (torch.round((x.detach() - low) / scale) * scale + low - x.detach())


def _rounded_weights(weight: Tensor) -> Tensor:
    """255 levels for each output; gradients pass as if nothing was done."""
    scale = weight.detach().abs().amax(1, keepdim=True).clamp(min=1e-12) / 127
    return weight + (torch.round(weight.detach() / scale) * scale - weight.detach())


class Layer(nn.Module):
    """One post-norm transformer layer, as BERT has it."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = Rounding(WIDTH, 3 * WIDTH)
        self.out = Rounding(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = Rounding(WIDTH, 4 * WIDTH)
        self.down = Rounding(4 * WIDTH, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor, dropout: float) -> Tensor:
        """[B, P, 384] in and out; mask: [B, 1, 1, P], 0 or very negative."""
        b, p, _ = x.shape
        q, k, v = self.qkv(x).view(b, p, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        seen = torch.softmax((q * (WIDTH // HEADS) ** -0.5) @ k.transpose(-1, -2) + mask, dim=-1)
        a = self.out((seen.to(v.dtype) @ v).transpose(1, 2).reshape(b, p, WIDTH))
        x = self.norm1(x + drop(a, dropout, self.training))
        h = self.down(F.gelu(self.up(x)))
        return self.norm2(x + drop(h, dropout, self.training))


class Encoder(nn.Module):
    """Word pieces and word features -> one vector a word, [B, N, 384]."""

    def __init__(self) -> None:
        super().__init__()
        self.word = nn.Embedding(VOCABULARY, WIDTH)
        self.position = nn.Embedding(POSITIONS, WIDTH)
        self.case = nn.Embedding(CASES, WIDTH)
        self.quote = nn.Embedding(QUOTES, WIDTH)
        self.place = nn.Embedding(PLACES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        for table in (self.case, self.quote, self.place):
            nn.init.zeros_(table.weight)
        self.word.weight.requires_grad_(False)
        self.position.weight.requires_grad_(False)

    def forward(self, batch: Batch, dropout: float = 0.0) -> Tensor:
        """The words' vectors, [B, N, 384]."""
        marks = (
            self.case(batch.features[..., 0]) + self.quote(batch.features[..., 1]) + self.place(batch.features[..., 2])
        )
        marks = torch.gather(marks, 1, batch.word_of[..., None].expand(-1, -1, WIDTH))
        x = self.word(batch.pieces) + self.position.weight[: batch.pieces.shape[1]] + marks
        x = drop(self.norm(x), dropout, self.training)
        mask = (batch.piece_mask[:, None, None, :].float() - 1) * 1e4
        for layer in self.layers:
            x = layer(x, mask, dropout)
        return torch.gather(x, 1, batch.first[..., None].expand(-1, -1, WIDTH))


class Mixer(nn.Module):
    """A residual depthwise-separable convolution over words: lets neighbours agree on a role."""

    def __init__(self, dilation: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(LINKER)
        self.dilation = dilation
        self.near = nn.Parameter(torch.randn(7, LINKER) * 0.2)
        self.up = Rounding(LINKER, LINKER)
        self.down = Rounding(LINKER, LINKER)

    def forward(self, h: Tensor, mask: Tensor) -> Tensor:
        """[K, N, LINKER] in and out; mask: [K, N, 1]."""
        n, reach = h.shape[1], 3 * self.dilation
        wide = F.pad(self.norm(h) * mask, (0, 0, reach, reach))
        near = wide[:, :n] * self.near[0]
        for i in range(1, len(self.near)):
            near = near + wide[:, i * self.dilation : i * self.dilation + n] * self.near[i]
        out: Tensor = h + self.down(F.gelu(self.up(near)))
        return out


class Linker(nn.Module):
    """For each of K cues, the roles of its window's words [K, N, 4], and [K, 2]: is it a cue, has it a source."""

    def __init__(self) -> None:
        super().__init__()
        self.word = nn.Linear(WIDTH, LINKER)
        self.film = nn.Linear(WIDTH, 2 * LINKER)
        self.distance = nn.Embedding(2 * DISTANCES + 1, LINKER)
        self.mixers = nn.ModuleList([Mixer(1), Mixer(2)])
        self.norm = nn.LayerNorm(LINKER)
        self.roles = nn.Linear(LINKER, ROLES)
        self.second = nn.Sequential(nn.Linear(WIDTH + 2 * LINKER, LINKER), nn.GELU(), nn.Linear(LINKER, 2))
        self.transitions = nn.Parameter(torch.zeros(ROLES, ROLES))
        nn.init.normal_(self.distance.weight, std=0.02)

    def forward(
        self, x: Tensor, window: Tensor, anchor: Tensor, word_mask: Tensor, dropout: float = 0.0
    ) -> tuple[Tensor, Tensor]:
        """Roles and second looks for vectors x [B, N, 384]; window, anchor: [K]; word_mask: [B, N]."""
        cue = x[window, anchor]
        scale, shift = self.film(cue)[:, None].chunk(2, dim=-1)
        away = torch.arange(x.shape[1])[None] - anchor[:, None]
        away = self.distance(away.clamp(-DISTANCES, DISTANCES) + DISTANCES)
        mask = word_mask[window][..., None]
        h = F.gelu(self.word(x)[window] * (1 + scale) + shift + away)
        h = drop(h, dropout, self.training)
        for mixer in self.mixers:
            h = mixer(h, mask)
        h = self.norm(h)
        top = (h + (mask - 1) * 1e4).amax(dim=1)
        here = h[torch.arange(len(anchor)), anchor]
        second = self.second(F.dropout(torch.cat([cue, here, top], dim=-1), dropout, self.training))
        return self.roles(h), second


class Network(nn.Module):
    """The whole: `encoder`, `cue` (per word: no cue, first word of a cue, later word of a cue), `linker`."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.cue = nn.Sequential(nn.Linear(WIDTH, LINKER), nn.GELU(), nn.Linear(LINKER, 3))
        self.linker = Linker()


def load_minilm(encoder: Encoder, path: Path) -> None:
    """Start from the weights of all-MiniLM-L6-v2 (Apache-2.0), a safetensors file."""
    w = load_file(path)
    e = "embeddings."
    state = {
        "word.weight": w[e + "word_embeddings.weight"],
        "position.weight": w[e + "position_embeddings.weight"] + w[e + "token_type_embeddings.weight"][0],
        "norm.weight": w[e + "LayerNorm.weight"],
        "norm.bias": w[e + "LayerNorm.bias"],
    }
    for i in range(LAYERS):
        state |= _layer(w, f"encoder.layer.{i}.", f"layers.{i}.")
    missing = encoder.load_state_dict(state, strict=False)
    assert not missing.unexpected_keys, missing


def _layer(w: dict[str, Tensor], old: str, new: str) -> dict[str, Tensor]:
    names = {"out": "attention.output.dense", "norm1": "attention.output.LayerNorm", "up": "intermediate.dense"}
    names |= {"down": "output.dense", "norm2": "output.LayerNorm"}
    state = {}
    for part in ("weight", "bias"):
        state[f"{new}qkv.{part}"] = torch.cat([w[f"{old}attention.self.{n}.{part}"] for n in ("query", "key", "value")])
        state |= {f"{new}{ours}.{part}": w[f"{old}{theirs}.{part}"] for ours, theirs in names.items()}
    return state
