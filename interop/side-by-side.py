"""Hone and what people run instead, on the same work, in turn: medians and ratios.

    PYTHON interop/side-by-side.py BENCH MODEL WORKLOAD [GGUF] [--times N] [--one-row WORKLOAD] [--only TASK]

PYTHON: one that has torch and transformers, and llama-cpp-python for GGUF.
BENCH: where peers.py and llamacpp.py lie. MODEL: a Hugging Face folder; GGUF: the same model in bfloat16.
Each is run N times (3), one after the other, so that a slow minute of the machine meets all of them. `--one-row`: a
smaller workload for one sequence at a time. `--only`: one task of the table, such as "SFT".
"""
import argparse, json, os, pathlib, statistics, subprocess, sys

args = argparse.ArgumentParser()
args.add_argument("bench", type=pathlib.Path)
args.add_argument("model")
args.add_argument("workload")
args.add_argument("gguf", nargs="?")
args.add_argument("--times", type=int, default=3)
args.add_argument("--one-row")
args.add_argument("--only")
args = args.parse_args()

HONE = str(pathlib.Path(__file__).resolve().parent.parent / "hone")


def hone(what, *more, workload=args.workload):
    return [HONE, "bench", what, "--model", args.model, "--workload", workload, "--json", *more]


def peers(what, *more):
    return [sys.executable, str(args.bench / "peers.py"), what, args.model, args.workload, *more]


def llama(rows, *more, workload=args.workload):
    return [sys.executable, str(args.bench / "llamacpp.py"), "sample", args.gguf, workload, str(rows), str(os.cpu_count()), *more]


# what is done, by whom; the first is Hone, the others are what it is compared with
tasks = {
    "drawing, 32 rows": {"hone": hone("sample", "--rows", "32"), "transformers": peers("sample", "32")},
    "SFT": {"hone": hone("sft"), "TRL's step": peers("sft")},
    "DPO": {"hone": hone("dpo"), "TRL's step": peers("dpo")},
}
if args.gguf:
    tasks["drawing, 32 rows"]["llama.cpp, shared prompts"] = llama(32, "SHARE")
    tasks["drawing, 64 rows"] = {
        "hone": hone("sample", "--rows", "64"),
        "llama.cpp, shared prompts": llama(64, "SHARE"),
    }
    if args.one_row:
        tasks["drawing, one row"] = {
            "hone": hone("sample", "--rows", "1", workload=args.one_row),
            "llama.cpp": llama(1, workload=args.one_row),
        }

if args.only:
    if args.only not in tasks:
        sys.exit(f"--only must be one of {', '.join(tasks)} but was {args.only}")
    tasks = {args.only: tasks[args.only]}

runs = {(task, who): [] for task, whos in tasks.items() for who in whos}
for time in range(args.times):
    for (task, who), results in runs.items():
        done = subprocess.run(tasks[task][who], capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{task}, {who}: {done.stderr[-2000:]}")
        results.append(json.loads(done.stdout.strip().splitlines()[-1]))
        print(f"{time + 1}/{args.times} {task}, {who}: {results[-1]['tokens_per_s']}", file=sys.stderr, flush=True)

print("| work | who | tokens a second | each run | Hone is | peak MB |\n|---|---|---:|---|---:|---:|")
for task, whos in tasks.items():
    ours = None
    for who in whos:
        results = runs[task, who]
        speed = statistics.median(each["tokens_per_s"] for each in results)
        ours = ours or speed
        ratio = "" if speed == ours else f"{ours / speed:.2f}×"
        each = ", ".join(str(round(result["tokens_per_s"])) for result in results)
        peak = max(result["peak_mb"] for result in results)
        print(f"| {task} | {who} | {speed:.0f} | {each} | {ratio} | {peak:,} |")
