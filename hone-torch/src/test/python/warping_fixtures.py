"""Probabilities after the logits processors and warpers of transformers, for WarpedDiceTest.

Usage: warping_fixtures.py FILE, in an environment with torch and transformers.
"""

import json
import sys

import torch
import transformers
from transformers.generation import logits_process as p

VOCABULARY = 150
CASES = [
    {"top_k": 12},
    {"top_p": 0.7},
    {"min_p": 0.08},
    {"temperature": 0.6, "top_p": 0.9},
    {"temperature": 1.7, "repetition_penalty": 1.4},
    {"temperature": 0.8, "repetition_penalty": 0.7, "top_k": 40, "top_p": 0.85, "min_p": 0.05},
    {"bias": {"3": 2.5, "77": -4.0}, "repetition_penalty": 1.2, "top_k": 30, "top_p": 0.95},
]


def probabilities(case, logits, seen):
    steps = []
    if "repetition_penalty" in case:
        steps.append(p.RepetitionPenaltyLogitsProcessor(case["repetition_penalty"]))
    if "bias" in case:
        steps.append(p.SequenceBiasLogitsProcessor([[[int(t)], b] for t, b in case["bias"].items()]))
    if "temperature" in case:
        steps.append(p.TemperatureLogitsWarper(case["temperature"]))
    if "top_k" in case:
        steps.append(p.TopKLogitsWarper(case["top_k"]))
    if "top_p" in case:
        steps.append(p.TopPLogitsWarper(case["top_p"]))
    if "min_p" in case:
        steps.append(p.MinPLogitsWarper(case["min_p"]))
    scores = logits[None].clone()
    for step in steps:
        scores = step(seen[None], scores)
    return scores[0].double().softmax(-1)


def main():
    torch.manual_seed(1)
    cases = []
    for case in CASES:
        logits = (3 * torch.randn(VOCABULARY)).float()
        seen = torch.randint(VOCABULARY, (30,))
        kept = {str(i): x for i, x in enumerate(probabilities(case, logits, seen).tolist()) if x > 0}
        cases.append({**case, "logits": logits.tolist(), "seen": seen.tolist(), "probabilities": kept})
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        json.dump({"transformers": transformers.__version__, "cases": cases}, file)
        file.write("\n")


if __name__ == "__main__":
    main()
