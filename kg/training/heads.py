"""The heads over the transformer and what they are trained for; `kg.text.encoder` reads the same.

In: hidden states of tokens and the places of sentences among them. Out: logits of each
sentence. Each type attends to the tokens in proportion to how much they look like its
trigger; what it reports, and with which status, is read where it attends.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.training.corpus import STATUSES

if TYPE_CHECKING:
    from kg.training.pieces import Piece

WIDTH = 384
SHAPE = 64
"""Width of the status head's hidden layer."""
TRIGGER_WEIGHT, NAMED_WEIGHT, STATUS_WEIGHT = 5.0, 0.5, 1.5
"""Of the parts of the loss, against 1 for the types that a sentence reports."""
FEW_PAIRS = 8
"""Below so many labels in a batch the status loss counts less."""


class Heads(nn.Module):
    """Linear maps, but for the attention over a sentence's tokens."""

    def __init__(self, types: int) -> None:
        super().__init__()
        statuses = len(STATUSES)
        self.trigger, self.report = nn.Linear(WIDTH, types), nn.Linear(WIDTH, types)
        self.mean_trigger, self.mean_report = nn.Linear(WIDTH, types), nn.Linear(WIDTH, types)
        self.status, self.mean_status = nn.Linear(WIDTH, statuses), nn.Linear(WIDTH, statuses)
        self.shape, self.shaped_status = nn.Linear(WIDTH, SHAPE), nn.Linear(SHAPE, statuses)
        self.some = nn.Linear(WIDTH, 2)
        self.drop = nn.Dropout(0.1)
        for part in self.children():
            if isinstance(part, nn.Linear) and part not in (self.shape, self.shaped_status):
                nn.init.normal_(part.weight, std=0.02)
        nn.init.constant_(self.trigger.bias, -4.0)
        nn.init.constant_(self.mean_report.bias, -3.0)
        nn.init.constant_(self.mean_trigger.bias, 0.0)

    def forward(self, hidden: Tensor, places: list[tuple[int, int]]) -> dict[str, Tensor]:
        """Logits a sentence; `places` are its first token in `hidden` and its length."""
        hidden = self.drop(hidden)
        longest = max(length for _, length in places)
        starts = torch.tensor([start for start, _ in places])
        lengths = torch.tensor([length for _, length in places])
        steps = torch.arange(longest)
        mask = steps[None] < lengths[:, None]
        index = (starts[:, None] + steps[None]).clamp(max=len(hidden) - 1)
        status = self.status(hidden) + self.shaped_status(torch.tanh(self.shape(hidden)))
        trigger, report, status = self.trigger(hidden)[index], self.report(hidden)[index], status[index]
        mean = (hidden[index] * mask[..., None]).sum(dim=1) / lengths[:, None].clamp(min=1)
        attention = torch.softmax(trigger.masked_fill(~mask[..., None], -1e4), dim=1)
        return {
            "trigger": trigger,
            "mask": mask,
            "named": (attention * trigger).sum(dim=1) + self.mean_trigger(mean),
            "reported": (attention * report).sum(dim=1) + self.mean_report(mean),
            "status": torch.einsum("nlt,nls->nts", attention, status) + self.mean_status(mean)[:, None],
            "some": self.some(mean),
        }


@dataclass(frozen=True)
class Balance:
    """Weights that keep rare types and statuses from being drowned."""

    reported: Tensor
    named: Tensor
    status: Tensor

    @classmethod
    def of(cls, pieces: list[Piece]) -> Balance:
        """From how often each occurs."""
        statuses = torch.ones(len(STATUSES))
        for piece in pieces:
            for _, status in piece.statuses:
                statuses[status] += 1
        return cls(
            _rarity(torch.stack([p.reported for p in pieces])),
            _rarity(torch.stack([p.named for p in pieces])),
            (statuses.max() / statuses) ** 0.25,
        )


def _rarity(wanted: Tensor) -> Tensor:
    """The square root of negatives over positives of each column, five at most."""
    positive = wanted.sum(dim=0)
    return ((len(wanted) - positive) / positive.clamp(min=1)).sqrt().clamp(max=5)


def loss(out: dict[str, Tensor], pieces: list[Piece], balance: Balance) -> Tensor:
    """How wrong the logits of some sentences are."""
    entropy = functional.binary_cross_entropy_with_logits
    reported = torch.stack([p.reported for p in pieces])
    named = torch.stack([p.named for p in pieces])
    some = torch.stack([reported.amax(dim=1), named.amax(dim=1)], dim=1)
    total = (
        entropy(out["reported"], reported, pos_weight=balance.reported, reduction="none").sum(dim=1).mean()
        + NAMED_WEIGHT
        * entropy(out["named"], named, pos_weight=balance.named, reduction="none").sum(dim=1).mean()
        + entropy(out["some"], some, reduction="none").sum(dim=1).mean()
        + TRIGGER_WEIGHT * _trigger_loss(out, pieces)
    )
    pairs = torch.tensor([(n, t, s) for n, p in enumerate(pieces) for t, s in p.statuses])
    if len(pairs):
        logits = out["status"][pairs[:, 0], pairs[:, 1]]
        wrong = functional.cross_entropy(logits, pairs[:, 2], weight=balance.status)
        total = total + STATUS_WEIGHT * wrong * min(1.0, len(pairs) / FEW_PAIRS)
    return total


def _trigger_loss(out: dict[str, Tensor], pieces: list[Piece]) -> Tensor:
    """Over the tokens of the sentences whose triggers are annotated."""
    wanted = torch.zeros_like(out["trigger"])
    counts = out["mask"].float()
    for n, piece in enumerate(pieces):
        if piece.triggers is None:
            counts[n] = 0
        else:
            wanted[n, : len(piece.ids)] = piece.triggers
    wrong = functional.binary_cross_entropy_with_logits(
        out["trigger"], wanted, pos_weight=torch.tensor(2.0), reduction="none"
    ).sum(dim=2)
    return (wrong * counts).sum() / counts.sum().clamp(min=1)
