"""Networks as people write them: functions, classes, loops and conditions; run by PyTorch.

Makes programs.json beside it:
    /usr/bin/python3 tests/golden/import/programs.py
Each program ends with the name `net`. What is recorded are the convolutions, pools and ReLUs that PyTorch
runs, in that order, up to the first layer that slides no window.
"""

import json
import os

import torch
import torch.nn as nn
import torch.nn.functional as F

HERE = os.path.dirname(os.path.abspath(__file__))

PROGRAMS = [
    # A function that makes blocks, with a default and a condition on one line.
    ([1, 3, 32, 32], '''
def block(inputs, outputs, pool=False):
    parts = [nn.Conv2d(inputs, outputs, 3, padding=1), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)]
    if pool: parts.append(nn.MaxPool2d(2))
    return nn.Sequential(*parts)

net = nn.Sequential(
    block(3, 16),
    block(16, 32, pool=True),
    block(inputs=32, outputs=24, pool=True),
    nn.Flatten(),
    nn.Linear(24 * 8 * 8, 10),
)
'''),
    # Blocks in blocks, a default that depends on an argument, keyword names, docstrings.
    ([1, 1, 28, 28], '''
class Twice(nn.Module):
    """Convolution and ReLU, two times."""

    def __init__(self, before, after, middle=None):
        super().__init__()
        if not middle:
            middle = after
        self.steps = nn.Sequential(
            nn.Conv2d(before, middle, kernel_size=3, padding=1, bias=False),
            nn.BatchNorm2d(middle),
            nn.ReLU(inplace=True),
            nn.Conv2d(middle, after, kernel_size=3, padding=1, bias=False),
            nn.BatchNorm2d(after),
            nn.ReLU(inplace=True),
        )

    def forward(self, x):
        return self.steps(x)


class Down(nn.Module):
    def __init__(self, before, after):
        super(Down, self).__init__()
        self.pool = nn.MaxPool2d(2)
        self.twice = Twice(before, after, middle=after // 2)

    def forward(self, x):
        x = self.pool(x)
        return self.twice(x)


class Encoder(nn.Module):
    def __init__(self, channels=1, width=8):
        super().__init__()
        self.first = Twice(channels, width)
        self.down1 = Down(width, 2 * width)
        self.down2 = Down(2 * width, 4 * width)

    def forward(self, x):
        x = self.first(x)
        x = self.down1(x)
        x = self.down2(x)
        return x


net = Encoder()
'''),
    # A plan of widths and letters, one loop over it.
    ([1, 3, 32, 32], '''
plans = {"small": [8, "M", 16, 16, "M"], "large": [8, 8, "M", 16, 16, "M", 32, "A"]}


def layers_of(plan, norm=False):
    made = []
    channels = 3
    for width in plan:
        if width == "M":
            made += [nn.MaxPool2d(kernel_size=2, stride=2)]
        elif width == "A":
            made += [nn.AvgPool2d(2)]
        else:
            conv = nn.Conv2d(channels, width, kernel_size=3, padding=1)
            if norm:
                made += [conv, nn.BatchNorm2d(width), nn.ReLU(inplace=True)]
            else:
                made += [conv, nn.ReLU(inplace=True)]
            channels = width
    return nn.Sequential(*made)


net = layers_of(plans["large"], norm=True)
'''),
    # A list of widths, read by index and by neighbours.
    ([2, 3, 20, 20], '''
widths = [3, 6, 12, 24]
head = nn.Sequential(*[nn.Conv2d(widths[i], widths[i + 1], 3) for i in range(len(widths) - 1)])
tail = [nn.Conv2d(widths[-1], 8, 1), nn.ReLU()]
net = nn.Sequential(head, *tail)
'''),
    ([1, 3, 24, 24], '''
layers = []
for before, after in zip([3, 8, 16], [8, 16, 32]):
    layers += [nn.Conv2d(before, after, 3, stride=2 if after > 8 else 1, padding=1), nn.ReLU()]
net = nn.Sequential(*layers)
'''),
    # A class that is a Sequential, expansion, and a shortcut that is not taken.
    ([1, 16, 18, 18], '''
class ConvNorm(nn.Sequential):
    def __init__(self, before, after, kernel=3, stride=1, groups=1):
        padding = (kernel - 1) // 2
        super().__init__(
            nn.Conv2d(before, after, kernel, stride, padding, groups=groups, bias=False),
            nn.BatchNorm2d(after),
            nn.ReLU(),
        )


class Inverted(nn.Module):
    def __init__(self, before, after, stride, times):
        super().__init__()
        assert stride in [1, 2]
        hidden = int(round(before * times))
        self.shortcut = stride == 1 and before == after
        parts = []
        if times != 1:
            parts.append(ConvNorm(before, hidden, kernel=1))
        parts.extend([
            ConvNorm(hidden, hidden, stride=stride, groups=hidden),
            nn.Conv2d(hidden, after, 1, 1, 0, bias=False),
            nn.BatchNorm2d(after),
        ])
        self.body = nn.Sequential(*parts)

    def forward(self, x):
        if self.shortcut:
            return x + self.body(x)
        return self.body(x)


net = nn.Sequential(Inverted(16, 24, 2, 1.5), Inverted(24, 32, stride=1, times=1))
'''),
    # A method that makes layers and keeps count in the object.
    ([1, 3, 40, 40], '''
class Stem(nn.Module):
    expansion = 2

    def __init__(self, depth, act=nn.ReLU):
        super().__init__()
        self.width = 4
        self.act = act
        self.open = nn.Conv2d(3, self.width, 7, stride=2, padding=3)
        self.one = self.make(depth)
        self.two = self.make(depth - 1, stride=2)

    def make(self, depth, stride=1):
        made = [nn.Conv2d(self.width, self.width * Stem.expansion, 3, stride, 1), self.act()]
        self.width *= Stem.expansion
        for _ in range(1, depth):
            made.append(nn.Conv2d(self.width, self.width, 3, padding=1))
            made.append(self.act())
        return nn.Sequential(*made)

    def forward(self, x):
        return self.two(self.one(F.max_pool2d(F.relu(self.open(x)), 3, stride=2, padding=1)))


net = Stem(3)
'''),
    # partial, lambda, other names for classes.
    ([1, 3, 16, 16], '''
from functools import partial
Conv = nn.Conv2d
conv3 = partial(nn.Conv2d, kernel_size=3, padding=1)
wide = lambda a, b, k=5: nn.Conv2d(a, b, k, padding=k // 2)
act = nn.ReLU
net = nn.Sequential(conv3(3, 8), act(), wide(8, 8), act(), conv3(8, 4, kernel_size=1, padding=0), Conv(4, 2, 3))
'''),
    # Settings in a dictionary and a list, spread over the arguments.
    ([1, 4, 15, 15], '''
def conv(*args, act=True, **settings):
    made = nn.Conv2d(*args, **settings)
    return nn.Sequential(made, nn.ReLU()) if act else made

size = {"kernel_size": 3, "padding": 1}
net = nn.Sequential(conv(4, 8, **size), conv(8, 8, act=False, dilation=2, **size), conv(*[8, 6, 5]))
'''),
    # A signal, in a class without a chain in its constructor.
    ([2, 2, 50], '''
class Signal(nn.Module):
    def __init__(self, channels=(2, 8, 16), kernel=5):
        super().__init__()
        self.convs = nn.ModuleList()
        for before, after in zip(channels[:-1], channels[1:]):
            self.convs.append(nn.Conv1d(before, after, kernel, stride=2))

    def forward(self, x):
        for conv in self.convs:
            x = conv(x)
        return x

net = Signal(kernel=3)
'''),
    # A decoder: transposed layers, numbers computed on the way.
    ([1, 32, 4, 4], '''
class Decoder(nn.Module):
    def __init__(self, channels=32, steps=3):
        super().__init__()
        made = []
        for step in range(steps):
            last = step == steps - 1
            after = 3 if last else channels // 2
            made.append(nn.ConvTranspose2d(channels, after, 4, stride=2, padding=1))
            if not last:
                made += [nn.BatchNorm2d(after), nn.ReLU(True)]
            channels = after
        self.net = nn.Sequential(*made)

    def forward(self, x):
        return self.net(x)

net = Decoder(steps=3)
'''),
    # A script: settings in an object, a helper in a constructor, words with values in them, a training loop.
    ([2, 3, 22, 22], '''
from dataclasses import dataclass

device = "cpu"


@dataclass
class Settings:
    channels: int = 3
    width: int = 16
    deep: bool = True


class Net(nn.Module):
    def __init__(self, settings: Settings) -> None:
        super().__init__()
        shared = dict(kernel_size=3, bias=False)

        def block(before: int, after: int) -> list:
            return [nn.Conv2d(before, after, **shared), nn.ReLU(True)]

        self.rate = float(0.5)
        self.body = nn.Sequential(*block(settings.channels, settings.width), *block(settings.width, 8))
        for i in range(2 if settings.deep else 1):
            self.body.add_module(f"more{i}", nn.Conv2d(8, 8, 1))
        self.loss = nn.CrossEntropyLoss()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.body(x)


net = Net(Settings(width=12)).to(device)
optimizer = torch.optim.SGD(net.parameters(), lr=1e-2, momentum=0.9)
criterion = nn.MSELoss()
for epoch in range(0):
    for x, y in loader:
        optimizer.zero_grad()
        loss = criterion(net(x), y)
        loss.backward()
        optimizer.step()
    print(f"epoch {epoch}: {loss.item():.3f}")
'''),
    # Which layers there are depends on words.
    ([1, 3, 21, 21], '''
def down(channels, how="conv", norm=None):
    if how == "conv":
        made = [nn.Conv2d(channels, channels, 3, stride=2, padding=1)]
    elif how in ("max", "mean"):
        made = [nn.MaxPool2d(2) if how == "max" else nn.AvgPool2d(2)]
    else:
        raise ValueError(how)
    if norm is not None:
        made.append(nn.BatchNorm2d(channels))
    return made

net = nn.Sequential(nn.Conv2d(3, 6, 1), *down(6), nn.ReLU(), *down(6, how="mean"), *down(6, "max", norm=True))
'''),
]


class Recorder:
    """Notes what PyTorch's functions compute until one of them slides no window."""

    SLIDING = ["conv1d", "conv2d", "conv_transpose1d", "conv_transpose2d", "max_pool1d", "max_pool2d",
               "avg_pool1d", "avg_pool2d", "relu"]

    def __init__(self):
        self.shapes, self.weights, self.over = [], [], False

    def record(self, run, name):
        def recorded(*args, **settings):
            out = run(*args, **settings)
            if not self.over:
                self.shapes.append(list(out.shape))
                self.weights.append(list(args[1].shape) if name.startswith("conv") else [])
            return out
        return recorded

    def end(self, run):
        def ended(*args, **settings):
            self.over = True
            return run(*args, **settings)
        return ended


def run(code, shape):
    recorder = Recorder()
    kept = {name: getattr(F, name) for name in Recorder.SLIDING}
    flatten = nn.Flatten.forward
    try:
        for name, function in kept.items():
            setattr(F, name, recorder.record(function, name))
        nn.Flatten.forward = recorder.end(flatten)
        names = {"nn": nn, "F": F, "torch": torch}
        exec(code, names)
        with torch.no_grad():
            names["net"].eval()(torch.zeros(shape))
    finally:
        for name, function in kept.items():
            setattr(F, name, function)
        nn.Flatten.forward = flatten
    return {"code": code.lstrip(), "input": shape, "shapes": recorder.shapes, "weights": recorder.weights}


if __name__ == "__main__":
    cases = [run(code, shape) for shape, code in PROGRAMS]
    with open(os.path.join(HERE, "programs.json"), "w", encoding="utf-8") as file:
        how = "programs.py, PyTorch %s" % torch.__version__
        file.write('{"made_by": %s,\n"cases": [\n' % json.dumps(how))
        file.write(",\n".join(json.dumps(case, ensure_ascii=False) for case in cases))
        file.write("\n]}\n")
