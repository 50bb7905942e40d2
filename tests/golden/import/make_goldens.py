"""Makes the files beside it, with NumPy and PyTorch as judges.

They were made by NumPy 1.24.2 and PyTorch 1.13.1 (Debian 12: python3-numpy, python3-torch):
    /usr/bin/python3 tests/golden/import/make_goldens.py
They are never made from our own results.
"""

import base64
import io
import json
import os
import random
import re
from collections import OrderedDict

import numpy as np
import torch
import torch.nn as nn

HERE = os.path.dirname(os.path.abspath(__file__))


def write(name, cases):
    how = "make_goldens.py, NumPy %s, PyTorch %s" % (np.__version__, torch.__version__)
    with open(os.path.join(HERE, name), "w", encoding="utf-8") as file:
        file.write('{"made_by": %s,\n"cases": [\n' % json.dumps(how))
        file.write(",\n".join(json.dumps(case, ensure_ascii=False) for case in cases))
        file.write("\n]}\n")


# Networks: their repr, the code that calls them, and the shapes that torch computes. Skipped
# modules (dropout, batch norm, padding merged into a convolution) have no shape in the list.


def call(rng, name, positional, named):
    """A call as a person writes it: some arguments by place, some by name, defaults at random."""
    places = rng.randint(0, len(positional))
    parts = [repr(value) for _, value in positional[:places]]
    rest = positional[places:] + named
    rng.shuffle(rest)
    parts += ["%s=%r" % pair for pair in rest]
    return "%s%s(%s)" % (rng.choice(["nn.", "torch.nn.", ""]), name, ", ".join(parts))


def either(rng, value, flat):
    return value[-1] if flat or value[0] == value[1] else tuple(value)


def pair(rng, flat, low, high):
    if flat or rng.random() < 0.5:
        return [rng.randint(low, high)] * 2
    return [rng.randint(low, high), rng.randint(low, high)]


def random_layer(rng, channels, flat):
    """(class name, positional, named, channels after, whether it keeps a shape of its own)."""
    d = "1d" if flat else "2d"
    kind = rng.choice(["conv"] * 5 + ["transpose", "max", "avg", "relu", "relu", "pad", "bn", "drop", "id"])
    kernel = pair(rng, flat, 1, 5)
    stride = pair(rng, flat, 1, 3)
    if kind in ("conv", "pad"):
        groups = rng.choice([g for g in (1, 1, 2, 3, 4) if channels % g == 0])
        out = groups * rng.randint(1, 4)
        named = []
        padding = pair(rng, flat, 0, 2)
        if kind == "conv":
            if stride == [1, 1] and rng.random() < 0.3:
                named.append(("padding", "same"))
            elif padding != [0, 0]:
                named.append(("padding", either(rng, padding, flat)))
                if rng.random() < 0.3:
                    named.append(("padding_mode", rng.choice(["reflect", "replicate", "circular"])))
        if stride != [1, 1] or rng.random() < 0.3:
            named.append(("stride", either(rng, stride, flat)))
        if rng.random() < 0.3:
            named.append(("dilation", either(rng, pair(rng, flat, 1, 2), flat)))
        if groups > 1:
            named.append(("groups", groups))
        if rng.random() < 0.4:
            named.append(("bias", rng.random() < 0.3))
        conv = ("Conv" + d, [("in_channels", channels), ("out_channels", out),
                             ("kernel_size", either(rng, kernel, flat))], named)
        if kind == "conv":
            return [conv + (True,)], out
        sides = [rng.randint(0, 3) for _ in range(2 if flat else 4)]
        pads = rng.choice(["ReflectionPad", "ReplicationPad", "ConstantPad"] + ([] if flat else ["ZeroPad"]))
        first = [("padding", tuple(sides))]
        if pads == "ConstantPad":
            first.append(("value", 0.0))
        return [(pads + d, first, [], False), conv + (True,)], out
    if kind == "transpose":
        out = rng.randint(1, 4)
        named = [("stride", either(rng, stride, flat))]
        if max(stride) > 1 and min(stride) > 1 and rng.random() < 0.5:
            named.append(("output_padding", 1))
        if rng.random() < 0.5:
            named.append(("padding", 1))
        return [("ConvTranspose" + d, [("in_channels", channels), ("out_channels", out),
                                       ("kernel_size", either(rng, [k + 1 for k in kernel], flat))], named, True)], out
    if kind in ("max", "avg"):
        kernel = [k % 3 + 2 for k in kernel]
        named = []
        if rng.random() < 0.6:
            named.append(("stride", either(rng, stride, flat)))
        if rng.random() < 0.4:
            named.append(("padding", 1))
        if rng.random() < 0.4:
            named.append(("ceil_mode", True))
        if kind == "max" and rng.random() < 0.3:
            named.append(("dilation", 2))
        if kind == "avg" and rng.random() < 0.3:
            named.append(("count_include_pad", False))
        name = ("MaxPool" if kind == "max" else "AvgPool") + d
        return [(name, [("kernel_size", either(rng, kernel, flat))], named, True)], channels
    if kind == "relu":
        return [("ReLU", [], [("inplace", True)] if rng.random() < 0.5 else [], True)], channels
    if kind == "bn":
        return [("BatchNorm" + d, [("num_features", channels)], [], False)], channels
    if kind == "drop":
        return [("Dropout", [("p", 0.25)], [], False)], channels
    return [("Identity", [], [], False)], channels


def random_network(seed):
    rng = random.Random(seed)
    flat = seed % 4 == 3
    start = channels = rng.randint(1, 4)
    layers = []
    for _ in range(rng.randint(2, 7)):
        more, channels = random_layer(rng, channels, flat)
        layers += more
    names = ["%s%d" % (layer[0].lower()[:4], i) for i, layer in enumerate(layers)]
    modules = [getattr(nn, name)(**dict(args + named)) for name, args, named, _ in layers]
    named_style = rng.random() < 0.4
    net = nn.Sequential(OrderedDict(zip(names, modules))) if named_style else nn.Sequential(*modules)
    x = torch.zeros(1, start, *([rng.randint(16, 40)] if flat else [rng.randint(16, 40), rng.randint(16, 40)]))
    shape = list(x.shape)
    shapes, weights = [], []
    with torch.no_grad():
        for module, layer in zip(net.eval(), layers):
            x = module(x)
            if layer[3]:
                shapes.append(list(x.shape))
                weights.append(list(module.weight.shape) if hasattr(module, "weight") else [])
    if not any(name.startswith("Conv") for name, _, _, _ in layers):
        raise ValueError("no convolution")
    lines = [call(rng, *layer[:3]) for layer in layers]
    if named_style:
        inner = "OrderedDict([\n" + "".join("    ('%s', %s),\n" % pair for pair in zip(names, lines)) + "])"
        code = "net = nn.Sequential(%s)\n" % inner
    elif rng.random() < 0.5:
        code = "nn.Sequential(\n" + "".join("    %s,  # layer %d\n" % (line, i) for i, line in enumerate(lines)) + ")"
    else:
        code = "".join("self.%s = %s\n" % pair for pair in zip(names, lines))
    # The repr of an average pool doesn't show ceil_mode.
    told = not any(name.startswith("AvgPool") and ("ceil_mode", True) in named for name, _, named, _ in layers)
    return {"repr": repr(net), "repr_tells_all": told, "code": code, "input": shape, "shapes": shapes, "weights": weights}


def networks():
    cases, seed = [], 0
    while len(cases) < 60:
        seed += 1
        try:
            cases.append(random_network(seed))
        except (RuntimeError, ValueError, TypeError):
            pass  # does not run: kernel too large, padding too large
    write("networks.json", cases)


# How torch initializes the weights of a new layer: standard deviation and largest value of many.
def spreads():
    torch.manual_seed(1)
    cases = []
    for make in (
        lambda: nn.Conv2d(3, 64, 7),
        lambda: nn.Conv2d(16, 128, 3, groups=4),
        lambda: nn.Conv1d(8, 256, 5),
        lambda: nn.ConvTranspose2d(32, 16, 4),
        lambda: nn.ConvTranspose2d(32, 64, 3, groups=2),
    ):
        layer = make()
        weight = layer.weight.detach().double()
        cases.append({"repr": repr(layer), "shape": list(weight.shape), "std": float(weight.std()),
                      "largest": float(weight.abs().max()), "largest_bias": float(layer.bias.abs().max())})
    write("spreads.json", cases)


# Printed arrays.
def arrays():
    rng = np.random.default_rng(5)
    cases = []

    def add(text, array):
        array = np.asarray(array, dtype=np.float32)
        cases.append({"text": text, "shape": list(array.shape), "values": [float(v) for v in array.ravel()]})

    def add_rounded(text, shape):
        """The numbers as the print-out rounds them."""
        numbers = re.sub(r"dtype.*|device.*|grad_fn.*|requires_grad.*|shape=\([^)]*\)|numpy=|tf.Tensor|float32", "", text)
        found = [float(v) for v in re.findall(r"-?\d+\.?\d*(?:e[+-]?\d+)?", numbers)]
        add(text, np.array(found).reshape(shape))

    for shape in ((4,), (3, 4), (2, 3, 4), (2, 2, 3, 3), (1, 1, 1, 2), (40,), (2, 30)):
        values = rng.normal(size=shape).round(3)
        for array in (values, (values * 1e5).round(), values * 1e-6, values.astype(np.float32)):
            add_rounded(repr(array), shape)
            add_rounded(str(array), shape)
            tensor = torch.tensor(array)
            add_rounded(repr(tensor), shape)
        whole = rng.integers(-99, 99, size=shape)
        add(repr(whole), whole)
        add(str(whole), whole)
        add(repr(torch.tensor(whole)), whole)
        add(json.dumps(values.tolist()), values)
        add(json.dumps(values.tolist(), indent=1), values)
        add(str(whole > 0), whole > 0)
    weight = nn.Conv2d(2, 2, 3).weight
    add_rounded(repr(weight).replace("Parameter containing:\n", "Parameter containing:\n"), tuple(weight.shape))
    sums = weight + 1
    add_rounded(repr(sums), tuple(weight.shape))
    for separator in ("\t", ",", ";", " "):
        out = io.StringIO()
        array = rng.normal(size=(5, 6)).round(4)
        np.savetxt(out, array, fmt="%.4f", delimiter=separator)
        add(out.getvalue(), array)
        if separator in "\t;":
            add(out.getvalue().replace(".", ","), array)
    write("arrays.json", cases)


# torch's error messages for shapes that don't fit; `layer` is the one at fault, from 0.
def messages():
    cases = []

    def add(net, shape, layer):
        try:
            with torch.no_grad():
                net = net() if not isinstance(net, nn.Module) else net
                net(torch.zeros(shape))
        except (RuntimeError, ValueError) as error:
            text = repr(net) if isinstance(net, nn.Module) else ""
            cases.append({"error": "%s: %s" % (type(error).__name__, error), "repr": text, "input": list(shape), "layer": layer})
            return
        raise SystemExit("no error: %r" % net)

    S = nn.Sequential
    add(S(nn.Conv2d(3, 64, 7)), (1, 1, 28, 28), 0)
    add(S(nn.Conv2d(1, 8, 3), nn.ReLU(), nn.Conv2d(16, 4, 3)), (1, 1, 28, 28), 2)
    add(S(nn.Conv1d(4, 8, 3)), (1, 2, 28), 0)
    add(S(nn.ConvTranspose2d(16, 8, 3)), (1, 4, 5, 5), 0)
    add(S(nn.Conv2d(1, 8, 3), nn.MaxPool2d(2), nn.Conv2d(8, 8, 5)), (1, 1, 6, 6), 2)
    add(S(nn.Conv2d(1, 8, 3, padding=1), nn.Conv2d(8, 8, 3, dilation=4)), (1, 1, 8, 8), 1)
    add(S(nn.Conv2d(1, 8, 3), nn.MaxPool2d(3, padding=2)), (1, 1, 8, 8), 1)
    add(S(nn.Conv2d(1, 8, 3), nn.AvgPool2d(3, padding=2)), (1, 1, 8, 8), 1)
    add(S(nn.Conv2d(1, 8, 3), nn.MaxPool2d(8)), (1, 1, 8, 8), 1)
    add(S(nn.Conv2d(1, 8, 3), nn.AvgPool2d(8)), (1, 1, 8, 8), 1)
    add(S(nn.Conv2d(1, 6, 5), nn.ReLU(), nn.Flatten(), nn.Linear(120, 84)), (1, 1, 14, 14), 1)
    add(S(nn.Conv2d(1, 6, 5)), (28, 28), 0)
    add(S(nn.Conv2d(1, 6, 5), nn.Conv2d(6, 6, 3, padding=3, padding_mode="reflect")), (1, 1, 6, 6), 1)
    add(S(nn.ConvTranspose2d(1, 6, 3, output_padding=1)), (1, 1, 6, 6), 0)
    add(lambda: nn.Conv2d(4, 6, 3, groups=3), (1, 4, 6, 6), 0)
    add(lambda: nn.Conv2d(6, 4, 3, groups=3), (1, 6, 6, 6), 0)
    add(lambda: nn.Conv2d(6, 4, 3, stride=2, padding="same"), (1, 6, 6, 6), 0)
    write("messages.json", cases)


# Messages about weights of another network, and about maps that are joined or added.
def meetings():
    cases = []

    def add(code, values, run, net=None, layer=None):
        try:
            run()
        except RuntimeError as error:
            cases.append({"error": "RuntimeError: %s" % error, "repr": repr(net) if net else "", "code": code,
                          "values": values, "layer": layer})
            return
        raise SystemExit("no error: %s" % code)

    S = nn.Sequential
    made, other = S(nn.Conv2d(1, 8, 3), nn.ReLU(), nn.Conv2d(8, 4, 5)), S(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.Conv2d(8, 4, 5))
    add("mismatch_state", {"name": "0.weight", "setting": "in_channels", "there": 3},
        lambda: made.load_state_dict(other.state_dict()), made, 0)
    third = S(nn.Conv2d(1, 8, 3), nn.ReLU(), nn.Conv2d(8, 4, 7))
    add("mismatch_state", {"name": "2.weight", "setting": "kernel_size", "there": 7},
        lambda: made.load_state_dict(third.state_dict()), made, 2)
    up, wide = S(nn.ConvTranspose2d(4, 2, 3)), S(nn.ConvTranspose2d(6, 2, 3))
    add("mismatch_state", {"name": "0.weight", "setting": "in_channels", "there": 6},
        lambda: up.load_state_dict(wide.state_dict()), up, 0)
    add("mismatch_state_rank", {"name": "0.weight"},
        lambda: S(nn.Linear(9, 8)).load_state_dict({"0.weight": torch.zeros(8, 1, 3, 3), "0.bias": torch.zeros(8)}))
    a, b, c = torch.zeros(1, 8, 28, 28), torch.zeros(1, 8, 14, 14), torch.zeros(1, 4, 28, 28)
    add("mismatch_join", {"first": 28, "second": 14}, lambda: torch.cat([a, b], 1))
    add("mismatch_add", {"first": 28, "second": 14}, lambda: a + b)
    add("mismatch_add_channels", {"first": 8, "second": 4}, lambda: a + c)
    write("meetings.json", cases)


# .npz files as NumPy writes them.
def archives():
    cases = []
    arrays = {"conv1.weight": np.arange(54, dtype=np.float32).reshape(2, 3, 3, 3) / 8,
              "half": np.array([[0.5, -2.0]], dtype=np.float16), "count": np.array(7, dtype=np.int64),
              "bytes": np.arange(200, dtype=np.uint8), "mask": np.array([True, False])}
    for save in (np.savez, np.savez_compressed):
        out = io.BytesIO()
        save(out, **arrays)
        cases.append({"base64": base64.b64encode(out.getvalue()).decode("ascii"),
                      "arrays": [{"name": name, "dtype": str(array.dtype), "shape": list(array.shape),
                                  "values": [float(v) for v in array.ravel()]} for name, array in arrays.items()]})
    write("archives.json", cases)


# NumPy's own slices of arange(2*3*4*5).reshape(2, 3, 4, 5).
def slices():
    whole = np.arange(120).reshape(2, 3, 4, 5)
    cases = []
    for text in ("0", "-1", "0, 1", ":", "...", "0:1", "::2", "::-1", ":, 1", "..., 0", "0, ..., -1", ":, :, 1:3, ::2",
                 "0:8, :, :, :", "1:, :2, -2:, :-1", "-1, -1, -1", "..., ::-2", ":, ::-1, 3:0:-1", "5:, 0:9:4", "0, 1:2, ...",
                 "[0, 1]", "-100:100, 2", "1, 2, 3, 1:"):
        index = text if text.startswith("[") else "[" + text + "]"
        result = eval("whole" + index)
        if result.size == 0:
            continue
        cases.append({"slice": text, "shape": list(result.shape), "values": [int(v) for v in result.ravel()]})
    write("slices.json", cases)


if __name__ == "__main__":
    networks()
    spreads()
    arrays()
    messages()
    meetings()
    archives()
    slices()
