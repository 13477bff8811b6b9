"""Makes src/test/resources/gguf: small GGUF files and what Python makes of them.

    python3 -m venv venv && venv/bin/pip install gguf transformers tokenizers
    venv/bin/python gguf_fixtures.py OUT_DIR

blocks.gguf      one tensor of each type with random blocks; blocks.json has the SHA-256 of the float32 values that
                 gguf.quants.dequantize gives
llama.gguf ...   tiny models of random weights, written as llama.cpp's convert_hf_to_gguf.py writes them (q and k of the
                 llama architecture permuted); models.json has the SHA-256 of each parameter as transformers has it
tokenizers.json  the tokens of hard texts by tokenizers that are built here with the `tokenizers` package from the same
                 vocabulary as in smollm.gguf ... and pieces.gguf
"""
import hashlib, json, pathlib, sys
import gguf, numpy as np
from gguf import GGMLQuantizationType as Q
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

out = pathlib.Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
random = np.random.default_rng(4)


def blocks():
    writer = gguf.GGUFWriter(out / "blocks.gguf", "llama")
    expected = {}
    for kind in (Q.F32, Q.F16, Q.BF16, Q.Q8_0, Q.Q4_0, Q.Q4_1, Q.Q5_0, Q.Q5_1, Q.Q4_K, Q.Q6_K):
        per_block, size = gguf.GGML_QUANT_SIZES[kind]
        rows, columns = 2, 256
        if kind in (Q.F32, Q.F16, Q.BF16):
            stored = {Q.F32: np.float32, Q.F16: np.float16, Q.BF16: np.float32}[kind]
            data = random.standard_normal((rows, columns)).astype(stored)
            if kind == Q.BF16:
                data = gguf.quants.quantize(data, kind)
        else:
            data = random.integers(0, 256, (rows * columns // per_block, size), dtype=np.uint8)
            halves = {Q.Q8_0: [0], Q.Q4_0: [0], Q.Q4_1: [0, 2], Q.Q5_0: [0], Q.Q5_1: [0, 2], Q.Q4_K: [0, 2], Q.Q6_K: [208]}
            for at in halves[kind]:  # scales are numbers, not NaN
                scale = random.standard_normal(len(data)).astype(np.float16)
                data[:, at:at + 2] = scale.view(np.uint8).reshape(-1, 2)
            data = data.reshape(rows, -1)
        values = gguf.quants.dequantize(data, kind).astype("<f4")
        writer.add_tensor(kind.name, data, raw_dtype=kind)
        expected[kind.name] = {"sha256": sha(values), "first": [float(v) for v in values.flat[:4]]}
    finish(writer)
    (out / "blocks.json").write_text(json.dumps(expected, indent=1) + "\n")


def sha(values):
    return hashlib.sha256(values.astype("<f4").tobytes()).hexdigest()


def finish(writer):
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def permute(weights, heads):
    """As convert_hf_to_gguf.py does for the llama architecture."""
    return weights.reshape(heads, 2, weights.shape[0] // heads // 2, *weights.shape[1:]).swapaxes(1, 2).reshape(weights.shape)


def model(name, architecture, llama3=None, tied=True, words=None):
    """Random weights under the names of transformers; expected are their SHA-256 after Q8_0 and back."""
    hidden, intermediate, heads, keys, vocabulary = 32, 64, 4, 2, 40 if words is None else 416
    size = 16 if architecture == "qwen3" else hidden // heads
    shapes = {"model.embed_tokens.weight": (vocabulary, hidden), "model.norm.weight": (hidden,)}
    if not tied:
        shapes["lm_head.weight"] = (vocabulary, hidden)
    at = "model.layers.0."
    for part, shape in {
            "input_layernorm.weight": (hidden,), "post_attention_layernorm.weight": (hidden,),
            "self_attn.q_proj.weight": (heads * size, hidden), "self_attn.k_proj.weight": (keys * size, hidden),
            "self_attn.v_proj.weight": (keys * size, hidden), "self_attn.o_proj.weight": (hidden, heads * size),
            "mlp.gate_proj.weight": (intermediate, hidden), "mlp.up_proj.weight": (intermediate, hidden),
            "mlp.down_proj.weight": (hidden, intermediate)}.items():
        shapes[at + part] = shape
    if architecture == "qwen2":
        for part, rows in (("q", heads), ("k", keys), ("v", keys)):
            shapes[f"{at}self_attn.{part}_proj.bias"] = (rows * size,)
    if architecture == "qwen3":
        shapes[at + "self_attn.q_norm.weight"] = shapes[at + "self_attn.k_norm.weight"] = (size,)
    writer = gguf.GGUFWriter(out / f"{name}.gguf", architecture)
    writer.add_block_count(1)
    writer.add_context_length(64 if words is None else 512)
    writer.add_embedding_length(hidden)
    writer.add_feed_forward_length(intermediate)
    writer.add_head_count(heads)
    writer.add_head_count_kv(keys)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_freq_base(500000.0 if llama3 else 10000.0)
    if size != hidden // heads:
        writer.add_key_length(size)
        writer.add_value_length(size)
    if llama3:
        writer.add_tensor("rope_freqs.weight", divisors(llama3, size))
    (words or letters)(writer)
    names = gguf.get_tensor_name_map(getattr(gguf.MODEL_ARCH, architecture.upper()), 1)
    expected = {}
    for key, shape in shapes.items():
        value = random.standard_normal(shape).astype(np.float32)
        kind = Q.Q8_0 if len(shape) == 2 else Q.F32
        expected[key] = sha(gguf.quants.dequantize(gguf.quants.quantize(value, kind), kind))
        if architecture == "llama" and key.endswith("q_proj.weight"):
            value = permute(value, heads)
        if architecture == "llama" and key.endswith("k_proj.weight"):
            value = permute(value, keys)
        writer.add_tensor(names.get_name(key, try_suffixes=(".weight", ".bias")),
                          gguf.quants.quantize(np.ascontiguousarray(value), kind), raw_dtype=kind)
    finish(writer)
    return expected


def letters(writer):
    tokens = ["<pad>", "<s>", "</s>"] + [chr(ord("A") + i) for i in range(26)] + ["AB"]  # fewer than rows
    tokenizer(writer, "gpt2", "gpt-2", tokens, [3, 3, 3] + [1] * 27, ["A B"], bos=1, eos=2, pad=0)
    writer.add_chat_template("{% for message in messages %}{{ message.content }}{% endfor %}")


def divisors(rope, size):
    frequencies = 1.0 / rope["rope_theta"] ** (np.arange(0, size, 2, dtype=np.float32) / size)
    original, factor, low, high = rope["original_max_position_embeddings"], rope["factor"], rope["low_freq_factor"], rope["high_freq_factor"]
    result = []
    for each in frequencies:
        wave = 2 * np.pi / each
        if wave < original / high:
            result.append(1)
        elif wave > original / low:
            result.append(factor)
        else:
            smooth = (original / wave - low) / (high - low)
            result.append(1 / ((1 - smooth) / factor + smooth))
    return np.array(result, dtype=np.float32)


def tokenizer(writer, kind, pre, tokens, types, merges, bos, eos, pad, scores=None, unknown=None):
    writer.add_tokenizer_model(kind)
    if pre:
        writer.add_tokenizer_pre(pre)
    writer.add_token_list(tokens)
    writer.add_token_types(types)
    if scores is not None:
        writer.add_token_scores(scores)
    else:
        writer.add_token_merges(merges)
    writer.add_bos_token_id(bos)
    writer.add_eos_token_id(eos)
    writer.add_pad_token_id(pad)
    if unknown is not None:
        writer.add_unk_token_id(unknown)


TEXTS = [
    "Tom has 3 boxes with 12 apples each. He gives away 17.",
    "  two  spaces,\ttab,\nnewline\r\nand\n\n\nmore   ",
    "x  3, x   45\n 7 1234567 3.14159 1,000/2",
    "it's we'll I'VE they'd DON'T 'quoted' \"double\" \u2014 dash\u2026/path/",
    "\u6c49\u5b57\u548c\u5047\u540d \u30ab\u30bf\u30ab\u30ca \ud55c\uad6d\uc5b4 \u0440\u0443\u0441\u0441\u043a\u0438\u0439 \u0627\u0644\u0639\u0631\u0628\u064a\u0629 \u0e44\u0e17\u0e22",
    "emoji \U0001f642 caf\u00e9 cafe\u0301 \u200bzero\u00a0nbsp \u00bd \u00b2 \u0663 \u2167",
    "<|im_start|>user\nhi<|im_end|>\n<tool_call>x",
    "CamelCaseWord XMLHttpRequest snake_case SCREAMING  !!\n?? (a)[b]{c}",
    "a" * 30 + " " * 20 + "1" * 17, "", " ", "\n",
]
SPECIALS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
WORDS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+"
SPACES = r"\s*[\r\n]+|\s+(?!\S)|\s+"
TEKKEN = (r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
          r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"
          r"|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|" + SPACES)


def byte_level(words):
    return pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=words)


def split(pattern):
    return pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(pattern), "isolated"), byte_level(False)])


SPLITTERS = {
    "smollm": pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), byte_level(True)]),
    "gpt-2": byte_level(True),
    "llama-bpe": split(WORDS + r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|" + SPACES),
    "qwen2": split(WORDS + r"|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|" + SPACES),
    "tekken": split(TEKKEN),
}


def learned():
    """Tokens and merges of a vocabulary of 400, learned from the texts."""
    learner = Tokenizer(models.BPE())
    learner.pre_tokenizer = byte_level(True)
    learner.train_from_iterator(TEXTS * 2, trainers.BpeTrainer(
        vocab_size=400, special_tokens=SPECIALS, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
    model = json.loads(learner.to_str())["model"]
    tokens = [t for t, _ in sorted(model["vocab"].items(), key=lambda e: e[1])] + ["<tool_call>"]
    return tokens, [tuple(m) for m in model["merges"]]


def bytes_with(writer, pre):
    tokens, merges = learned()
    tokenizer(writer, "gpt2", pre, tokens, [3] * 3 + [1] * (len(tokens) - 4) + [4], [" ".join(m) for m in merges], 1, 2, 2)


def chat(writer):
    """SmolLM2's tokens and template on a small vocabulary; as there, the begin token is that of a turn."""
    bytes_with(writer, "smollm")
    writer.add_add_bos_token(False)
    writer.add_chat_template(
        "{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}"
        "{{ '<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\n' }}{% endif %}"
        "{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}"
        "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}")


def byte_pairs():
    """The vocabulary read through each splitter."""
    tokens, merges = learned()
    vocabulary = {t: i for i, t in enumerate(tokens)}
    result = {}
    for name, splitter in SPLITTERS.items():
        writer = gguf.GGUFWriter(out / f"{name}.gguf", "llama")
        bytes_with(writer, name)
        finish(writer)
        made = Tokenizer(models.BPE(vocab=vocabulary, merges=merges, ignore_merges=name in ("llama-bpe", "tekken")))
        if name == "qwen2":
            made.normalizer = normalizers.NFC()
        made.pre_tokenizer = splitter
        made.decoder = decoders.ByteLevel()
        made.add_special_tokens([AddedToken(t, normalized=False, special=True) for t in SPECIALS])
        made.add_tokens([AddedToken("<tool_call>", normalized=False)])
        result[name] = [made.encode(t, add_special_tokens=False).ids for t in TEXTS]
    return result


def pieces():
    """A SentencePiece vocabulary with scores; the expected ids are those of transformers' own conversion of it."""
    from transformers.convert_slow_tokenizer import generate_merges
    space = "\u2581"
    alphabet = sorted(set(space + "".join(TEXTS[:3]).replace(" ", space)))
    words = [space + "t", "he", space + "the", "in", space + "a", "er", "es", space + "b", "ox", space + "box", "oxes", space + "boxes",
             "ew", "ne", "new", "line", "li", "apples", "pp", "app", "le", "les", space + space, space * 4, "gives", "gi", "ves", "ve"]
    tokens = ["<unk>", "<s>", "</s>"] + [f"<0x{i:02X}>" for i in range(256)] + words + [c for c in alphabet if c not in words]
    types = [2, 3, 3] + [6] * 256 + [1] * (len(tokens) - 259)
    scores = [0.0] * 259 + [-float(i) for i in range(len(tokens) - 259)]
    writer = gguf.GGUFWriter(out / "pieces.gguf", "llama")
    tokenizer(writer, "llama", "", tokens, types, None, 1, 2, 0, scores=scores, unknown=0)
    finish(writer)
    vocabulary = {t: i for i, t in enumerate(tokens)}
    merges = generate_merges(vocabulary, dict(zip(tokens, scores)))
    made = Tokenizer(models.BPE(vocab=vocabulary, merges=merges, fuse_unk=True, byte_fallback=True, unk_token="<unk>"))
    made.normalizer = normalizers.Sequence([normalizers.Prepend(space), normalizers.Replace(" ", space)])
    made.add_special_tokens([AddedToken(t, normalized=False, special=True) for t in ("<unk>", "<s>", "</s>")])
    return [made.encode(t, add_special_tokens=False).ids for t in TEXTS]


blocks()
rope = dict(rope_theta=500000.0, factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0, original_max_position_embeddings=64)
values = {"llama": model("llama", "llama"), "llama31": model("llama31", "llama", rope, tied=False),
          "qwen25": model("qwen25", "qwen2"), "qwen3": model("qwen3", "qwen3"), "chat": model("chat", "llama", words=chat)}
(out / "models.json").write_text(json.dumps(values, indent=1) + "\n")
expected = {"texts": TEXTS, "bytes": byte_pairs(), "pieces": pieces()}
(out / "tokenizers.json").write_text(json.dumps(expected, ensure_ascii=True) + "\n")
