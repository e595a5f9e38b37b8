"""Fine-tunes the transformer of `kg.text.encoder` on chunks of consecutive sentences.

In: labelled sentences. Out: a `Network`. The lower half of MiniLM stays frozen (training it
gained nothing), so that its output is computed once and kept. The heads learn five things at
once: which types a sentence reports, which it speaks of, whether any, where the trigger
stands, and with which status; the trigger words are what helps most, since they tell the
network where to look. The weights that count are a running mean over the training steps.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.training.heads import Balance, Heads, loss
from kg.training.pieces import Run, batches, runs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tokenizers import Tokenizer

    from kg.training.corpus import Labelled

EPOCHS = 8
RATE, HEAD_RATE = 1.5e-4, 1e-3
FROZEN = 3
"""Layers, from below, that keep their weights."""
WARM_UP = 0.1
"""Share of the steps in which the rate rises."""
MEAN_OVER = 0.995
"""Decay of the running mean of the weights."""
FIRST_RUNS = (1.0, 0.4, 0.7)
"""Three ways to cut a document into runs, by the length of the first; epochs take turns."""


class Network(nn.Module):
    """MiniLM and the heads."""

    def __init__(self, base: Path, types: int) -> None:
        from transformers import BertModel  # noqa: PLC0415 - takes seconds and only training needs it

        super().__init__()
        self.bert = BertModel.from_pretrained(str(base), add_pooling_layer=False, attn_implementation="sdpa")
        self.heads = Heads(types)
        for part in (self.bert.embeddings, *self.bert.encoder.layer[:FROZEN]):
            part.requires_grad_(requires_grad=False)

    def upper(self) -> Iterator[nn.Parameter]:
        """The parameters of the layers that are trained."""
        for layer in self.bert.encoder.layer[FROZEN:]:
            yield from layer.parameters()

    @torch.no_grad()
    def lower(self, some: list[Run]) -> list[Tensor]:
        """What the frozen layers make of each run."""
        self.eval()
        longest = max(len(r.ids) for r in some)
        ids = torch.tensor([r.ids + [0] * (longest - len(r.ids)) for r in some])
        hidden = self._layers(self.bert.embeddings(input_ids=ids), _mask(some, longest), 0, FROZEN)
        return [hidden[n, : len(r.ids)].bfloat16().clone() for n, r in enumerate(some)]

    def forward(self, some: list[Run], lower: list[Tensor]) -> dict[str, Tensor]:
        """The heads' logits for each sentence of some runs, in order."""
        longest = max(len(r.ids) for r in some)
        hidden = torch.stack([functional.pad(h.float(), (0, 0, 0, longest - len(h))) for h in lower])
        hidden = self._layers(hidden, _mask(some, longest), FROZEN, len(self.bert.encoder.layer))
        places = [(n * longest + start, len(p.ids)) for n, r in enumerate(some) for start, p in r.places]
        return self.heads(hidden.float().flatten(0, 1), places)

    def _layers(self, hidden: Tensor, mask: Tensor, first: int, last: int) -> Tensor:
        with torch.autocast("cpu", torch.bfloat16):
            for layer in self.bert.encoder.layer[first:last]:
                out = layer(hidden, attention_mask=mask)
                hidden = out[0] if isinstance(out, tuple) else out
        return hidden


@dataclass
class Prepared:
    """Runs of all sentences with what the frozen layers make of them; folds share it."""

    cuts: list[list[Run]]
    lower: dict[int, Tensor] = field(default_factory=dict)

    @classmethod
    def of(
        cls, sentences: list[Labelled], types: tuple[str, ...], tokenizer: Tokenizer, base: Path
    ) -> Prepared:
        """Cut and encoded once."""
        prepared = cls([runs(sentences, types, tokenizer, share) for share in FIRST_RUNS])
        network = Network(base, len(types))
        for cut in prepared.cuts:
            for some in batches(cut, None):
                for run, hidden in zip(some, network.lower(some), strict=True):
                    prepared.lower[id(run)] = hidden
        return prepared


def train(prepared: Prepared, documents: set[str], base: Path, types: int) -> Network:
    """A network trained on the runs of these documents."""
    torch.manual_seed(1)
    order = random.Random(1)  # noqa: S311 - the order of batches, the same each time
    network = Network(base, types)
    cuts = [[r for r in cut if r.document in documents] for cut in prepared.cuts]
    balance = Balance.of([p for r in cuts[0] for _, p in r.places])
    plan = [some for epoch in range(EPOCHS) for some in batches(cuts[epoch % len(cuts)], order)]
    steps = torch.optim.AdamW(
        [
            {"params": list(network.upper()), "lr": RATE},
            {"params": network.heads.parameters(), "lr": HEAD_RATE},
        ],
        weight_decay=0.01,
    )
    pace = torch.optim.lr_scheduler.LambdaLR(steps, lambda n: _pace(n, len(plan)))
    mean = {k: v.clone() for k, v in network.state_dict().items() if v.dtype.is_floating_point}
    network.train()
    for n, some in enumerate(plan):
        out = network(some, [prepared.lower[id(r)] for r in some])
        wrong = loss(out, [p for r in some for _, p in r.places], balance)
        steps.zero_grad()
        wrong.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        steps.step()
        pace.step()
        with torch.no_grad():
            for name, value in network.state_dict().items():
                if name in mean:
                    mean[name].lerp_(value, 1 - min(MEAN_OVER, (1 + n) / (10 + n)))
        if n % 100 == 0:
            print(f"step {n} of {len(plan)}, loss {wrong.item():.2f}", flush=True)
    network.load_state_dict(mean, strict=False)
    return network.eval()


def _pace(step: int, steps: int) -> float:
    """Share of the full rate: up in the warm-up, then down to nothing."""
    rise = WARM_UP * steps
    return min((step + 1) / rise, max(0.0, (steps - step) / (steps - rise)))


def _mask(some: list[Run], longest: int) -> Tensor:
    """Zero where a token stands, minus infinity where padding does."""
    mask = torch.zeros(len(some), 1, 1, longest)
    for n, run in enumerate(some):
        mask[n, :, :, len(run.ids) :] = torch.finfo(mask.dtype).min
    return mask
