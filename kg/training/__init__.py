"""How the weights of the classifier are made; nothing here is imported at run time.

    python -m kg.training ../shared/training --out kg/weights

Needs the packages of the extra `train`. The parts: `corpus` reads labelled sentences,
`regression` and `encoder` fit the two halves, `calibration` turns logits into probabilities
that mean what they say, `weights` writes the files that ship.
"""
