"""Runs of gradient descent on several layers, made with PyTorch in double precision:

    python3 make_two_layers.py > two_layers.json

Needs Debian's python3-torch. Never rewritten from our own results.
"""
import json

import torch
from torch.nn import functional

torch.set_default_dtype(torch.float64)


def numbers(shape, generator, low, high):
    """Values that a float32 holds exactly."""
    return torch.randint(low, high + 1, shape, generator=generator).double() / 8


def forward(x, layers, parameters):
    at = 0
    for layer in layers:
        if layer["op"] == "relu":
            x = functional.relu(x)
            continue
        weight, bias = parameters[at]
        at += 1
        x = functional.conv2d(x, weight, bias, layer["stride"], layer["padding"], layer["dilation"],
                              layer["groups"])
    return x


def conv(shape, bias, stride=1, padding=0, dilation=1, groups=1):
    return {"op": "conv", "shape": shape, "bias": bias, "stride": stride, "padding": padding,
            "dilation": dilation, "groups": groups}


def case(name, seed, image, layers, optimizer, steps):
    generator = torch.Generator().manual_seed(seed)
    x = numbers(image, generator, -8, 8)
    starts = [numbers(layer["shape"], generator, -6, 6) for layer in layers if layer["op"] == "conv"]
    biased = [layer["bias"] for layer in layers if layer["op"] == "conv"]
    parameters = [(w.clone().requires_grad_(),
                   torch.zeros(w.shape[0], requires_grad=True) if b else None)
                  for w, b in zip(starts, biased)]
    free = [p for pair in parameters for p in pair if p is not None]
    target = numbers(forward(x, layers, parameters).shape, generator, -8, 8)
    made = (torch.optim.Adam(free, lr=optimizer["lr"]) if optimizer["kind"] == "adam" else
            torch.optim.SGD(free, lr=optimizer["lr"], momentum=optimizer["momentum"]))
    losses, first_gradients = [], []
    for step in range(steps + 1):
        made.zero_grad()
        loss = functional.mse_loss(forward(x, layers, parameters), target)
        losses.append(loss.item())
        loss.backward()
        if step == 0:
            first_gradients = [w.grad.flatten().tolist() for w, _ in parameters]
        if step < steps:
            made.step()
    return {"name": name, "image": list(x.shape), "input": x.flatten().tolist(), "layers": layers,
            "starts": [w.flatten().tolist() for w in starts],
            "target_shape": list(target.shape), "target": target.flatten().tolist(),
            "optimizer": optimizer, "steps": steps, "losses": losses,
            "first_gradients": first_gradients,
            "weights": [w.detach().flatten().tolist() for w, _ in parameters],
            "biases": [[] if b is None else b.detach().tolist() for _, b in parameters]}


RELU = {"op": "relu"}
SGD = {"kind": "sgd", "lr": 0.05, "momentum": 0.9}
CASES = [
    case("two layers", 1, [1, 1, 5, 6],
         [conv([2, 1, 3, 3], True, padding=1), RELU, conv([1, 2, 2, 2], True)], SGD, 12),
    case("stride, groups, a batch, Adam", 2, [2, 2, 6, 6],
         [conv([4, 1, 2, 2], True, stride=2, groups=2), RELU, conv([2, 4, 2, 2], False, padding=1)],
         {"kind": "adam", "lr": 0.05}, 12),
    case("three layers, the last a ReLU", 3, [1, 1, 7, 7],
         [conv([2, 1, 2, 2], False, dilation=2), RELU, conv([3, 2, 2, 2], True), RELU,
          conv([1, 3, 1, 1], True), RELU], {"kind": "sgd", "lr": 0.1, "momentum": 0}, 8),
    case("without a ReLU between", 4, [1, 1, 5, 5],
         [conv([2, 1, 2, 2], False), conv([1, 2, 2, 2], False)], SGD, 8),
]
print(json.dumps({"torch": torch.__version__, "cases": CASES}))
