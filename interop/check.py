"""Loads what Hone wrote with Hugging Face transformers and PEFT and compares logits.

    python check.py FOLDER...

Each FOLDER is a model that Hone wrote, with a file `hone.json` beside the weights: {"ids": [[...]], "logits": [[...]],
"bound": 1e-4} are rows of token ids and Hone's logits after the last one; "dtype" is the type of the stored numbers;
"texts" and "text_ids", where there are any, are texts and Hone's token ids; "base", where there is one, is the folder
of the model that the adapter in FOLDER/adapter was learned on: both together must give the same logits. Where "head" is
"reward" or "steps", the model has that head instead of the one that predicts tokens, and "logits" are what it says after
the last token, or at the "places" of each row, one after the other. One line a folder; ends with 1 if one does not
agree. Nothing of Hone needs Python: this is how others' programs see its files.
"""
import json
import pathlib
import sys

import torch
import transformers
from peft import PeftModel
from transformers import (
    AutoModelForCausalLM,
    AutoModelForSequenceClassification,
    AutoModelForTokenClassification,
    AutoTokenizer,
)

transformers.logging.set_verbosity_error()

LOADERS = {
    "tokens": AutoModelForCausalLM,
    "reward": AutoModelForSequenceClassification,
    "steps": AutoModelForTokenClassification,
}


def said(model, hone, row):
    """What the model says of a row of token ids, where Hone read its head."""
    logits = model(input_ids=torch.tensor([hone["ids"][row]])).logits[0]
    head = hone.get("head", "tokens")
    if head == "reward":  # one number a text
        return logits
    return logits[-1] if head == "tokens" else logits[hone["places"][row]].flatten()


def distance(model, hone):
    """The largest distance of Hone's logits from the model's, as a part of the latter's norm."""
    model.eval()
    worst = 0.0
    with torch.no_grad():
        for row, logits in enumerate(hone["logits"]):
            theirs = said(model, hone, row).double()
            ours = torch.tensor(logits, dtype=torch.float64)
            worst = max(worst, float((ours - theirs).norm() / theirs.norm()))
    return worst


def check(folder):
    hone = json.loads((folder / "hone.json").read_text())
    loader = LOADERS[hone.get("head", "tokens")]
    stored = loader.from_pretrained(folder, dtype="auto")
    if str(stored.dtype) != "torch." + hone["dtype"]:
        return f"config.json says {stored.dtype}, stored is {hone['dtype']}"
    model, loading = loader.from_pretrained(folder, dtype=torch.float32, output_loading_info=True)
    for kind in ("missing_keys", "unexpected_keys", "mismatched_keys"):
        if loading[kind]:
            return f"{kind}: {sorted(loading[kind])[:3]}"
    worst = distance(model, hone)
    if not worst <= hone["bound"]:
        return f"logits are off by {worst:.1e} of their norm, allowed is {hone['bound']:.0e}"
    if "base" in hone:
        labels = {} if loader is AutoModelForCausalLM else {"num_labels": model.config.num_labels}
        base = loader.from_pretrained(hone["base"], dtype=torch.float32, **labels)
        adapted = distance(PeftModel.from_pretrained(base, folder / "adapter"), hone)
        if not adapted <= hone["bound"]:
            return f"logits of base and adapter are off by {adapted:.1e} of their norm, allowed is {hone['bound']:.0e}"
        worst = max(worst, adapted)
    if "texts" in hone:
        tokenizer = AutoTokenizer.from_pretrained(folder)
        for text, ids in zip(hone["texts"], hone["text_ids"]):
            theirs = tokenizer(text, add_special_tokens=False)["input_ids"]
            if theirs != ids:
                return f"tokens of {text!r} are {theirs}, Hone's are {ids}"
    print(f"{folder.name}: {type(model).__name__}, logits within {worst:.1e}")
    return None


def main(folders):
    failed = 0
    for folder in folders:
        objection = check(pathlib.Path(folder))
        if objection:
            failed += 1
            print(f"{folder}: {objection}")
    return 1 if failed or not folders else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
