# SPDX-License-Identifier: MIT
"""Trains the digits classifier, quantises it, measures the integer model on held-out fonts, and writes examples/digits.

    /usr/bin/python3 tools/training/digits.py          (about three minutes on one core)
"""

from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import nn

from execute import execute
from glyphs import SIDE, Drawn, draw, strangers, vary
from golden import write_golden
from graph import Graph, Operator, Tensor
from quantise import quantise, to_integers
from tflite_file import write

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "digits"
SEED, EPOCHS, BATCH, VIEWS, SAMPLES = 11, 60, 128, 10, 2
LEAST_ACCURACY, LARGEST_FILE = 0.97, 60_000


class Block(nn.Sequential):
    """Convolution, batch normalisation (folded away later), ReLU; padding as TFLite's SAME, which is more at the end."""

    def __init__(self, size: int, made: int, kernel: int, of: int, stride: int = 1, groups: int = 1):
        total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
        before, after = total // 2, total - total // 2
        super().__init__(nn.ZeroPad2d((before, after, before, after)),
                         nn.Conv2d(of, made, kernel, stride, groups=groups, bias=False), nn.BatchNorm2d(made), nn.ReLU())

    def folded(self) -> tuple[np.ndarray, np.ndarray]:
        """Filter [out, h, w, in] and bias with the normalisation inside."""
        convolution, normalisation = self[1], self[2]
        factor = normalisation.weight / (normalisation.running_var + normalisation.eps).sqrt()
        weights = convolution.weight * factor[:, None, None, None]
        bias = normalisation.bias - normalisation.running_mean * factor
        return weights.detach().permute(0, 2, 3, 1).contiguous().numpy(), bias.detach().numpy()


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = Block(28, 16, 5, of=1, stride=2)
        self.conv2_depthwise = Block(14, 16, 3, of=16, groups=16)
        self.conv2_pointwise = Block(14, 24, 1, of=16)
        self.conv3 = Block(7, 32, 3, of=24)
        self.dropout = nn.Dropout(0.2)
        self.logits = nn.Linear(3 * 3 * 32, 10)

    def forward(self, x):
        x = nn.functional.max_pool2d(self.conv2_pointwise(self.conv2_depthwise(self.conv1(x))), 2)
        x = nn.functional.max_pool2d(self.conv3(x), 2)
        return self.logits(self.dropout(x.permute(0, 2, 3, 1).flatten(1)))  # channels last, as TFLite flattens


def train(drawn: Drawn) -> Network:
    torch.manual_seed(SEED)
    torch.set_num_threads(1)  # one order of summation, one result
    random = torch.Generator().manual_seed(SEED)
    network, labels = Network(), drawn.labels
    steps = EPOCHS * (len(labels) // BATCH)
    optimiser = torch.optim.AdamW(network.parameters(), lr=3e-3, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 6e-3, steps)
    for epoch in range(EPOCHS):
        total = 0.0
        for batch in torch.randperm(len(labels), generator=random)[:len(labels) // BATCH * BATCH].view(-1, BATCH):
            loss = nn.functional.cross_entropy(network(vary(drawn.images[batch], random)), labels[batch], label_smoothing=0.05)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item() * BATCH
        print(f"epoch {epoch + 1} of {EPOCHS}: loss {total / len(labels):.4f}", flush=True)
    return network.eval()


def as_graph(network: Network) -> Graph:
    """The float32 network to the logits; softmax follows in integers only."""
    graph = Graph("digits 0 to 9, white on black, 28 x 28", input="image", output="logits")
    previous = graph.add(Tensor("image", (1, SIDE, SIDE, 1), np.float32))

    def layer(name, code, shape, constants=(), options_type="", **options):
        nonlocal previous
        inputs = [previous] + [graph.add(Tensor(f"{name}_{kind}", data.shape, data.dtype, data)) for kind, data in constants]
        previous = graph.add(Tensor(name, shape, np.float32))
        graph.operators.append(Operator(code, 1, inputs, name, options_type, options))

    def block(name, side, stride=1, **more):
        weights, bias = getattr(network, name).folded()
        shared = {"padding": "SAME", "stride_h": stride, "stride_w": stride, "fused_activation_function": "RELU"}
        shape = (1, side, side, len(bias))
        if name == "conv2_depthwise":
            filters = np.ascontiguousarray(weights.transpose(3, 1, 2, 0))  # TFLite wants [1, h, w, channels]
            layer(name, "DEPTHWISE_CONV_2D", shape, [("filter", filters), ("bias", bias)], "DepthwiseConv2DOptions",
                  **shared, depth_multiplier=1)
        else:
            layer(name, "CONV_2D", shape, [("filter", weights), ("bias", bias)], "Conv2DOptions", **shared)
        return len(bias)

    def pool(name, side, channels):
        layer(name, "MAX_POOL_2D", (1, side, side, channels), (), "Pool2DOptions",
              padding="VALID", stride_h=2, stride_w=2, filter_height=2, filter_width=2)

    block("conv1", 14, stride=2)
    block("conv2_depthwise", 14)
    pool("pool1", 7, block("conv2_pointwise", 14))
    pool("pool2", 3, block("conv3", 7))
    flat = network.logits.in_features
    layer("flat", "RESHAPE", (1, flat), [("shape", np.array([1, flat], np.int32))], "ReshapeOptions", new_shape=[1, flat])
    layer("logits", "FULLY_CONNECTED", (1, 10), [("weights", network.logits.weight.detach().numpy()),
          ("bias", network.logits.bias.detach().numpy())], "FullyConnectedOptions")
    return graph


def with_softmax(graph: Graph) -> Graph:
    graph.add(Tensor("scores", (1, 10), np.int8, scale=np.array([1 / 256], np.float32), zero_point=-128))
    graph.operators.append(Operator("SOFTMAX", 2, [graph.output], "scores", "SoftmaxOptions", {"beta": 1.0}))
    graph.output = "scores"
    return graph


def channels_last(pictures: torch.Tensor) -> np.ndarray:
    """[N, SIDE, SIDE, 1] in steps of 1/255, as a picture file holds them."""
    return (pictures * 255).round().div(255).permute(0, 2, 3, 1).numpy()


def accuracy(answers: np.ndarray, labels: torch.Tensor) -> float:
    return float((answers.argmax(-1) == labels.numpy()).mean())


def write_samples(drawn: Drawn, pictures: np.ndarray) -> np.ndarray:
    """SAMPLES pictures a digit, fonts taken in turn, as files whose names begin with the digit."""
    folder = EXAMPLE / "samples"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.pgm"):
        old.unlink()
    chosen = []
    for digit in range(10):
        for turn in range(SAMPLES):
            font = (digit * SAMPLES + turn) * len(drawn.fonts) // (10 * SAMPLES)
            picture = pictures[font * 10 + digit]
            Image.fromarray(np.uint8(np.rint(picture[..., 0] * 255))).save(folder / f"{digit}-{drawn.fonts[font]}.pgm")
            chosen.append(picture)
    return np.stack(chosen)


def main() -> None:
    seen = draw(held=False)
    unseen = strangers(draw(held=True), seen)
    print(f"{len(seen.fonts)} fonts to learn from, {len(unseen.fonts)} held out")
    real = as_graph(train(seen))

    random = torch.Generator().manual_seed(SEED + 1)
    calibration = channels_last(vary(seen.images[torch.randperm(len(seen.images), generator=random)[:1000]], random))
    integer = with_softmax(quantise(real, calibration, (0.0, 1.0)))

    views = [channels_last(vary(unseen.images, random)) for _ in range(VIEWS)]
    image = integer.tensors["image"]
    float_accuracy = np.mean([accuracy(execute(real, view)["logits"], unseen.labels) for view in views])
    answers = [execute(integer, to_integers(image, view))["logits"] for view in views]
    integer_accuracy = np.mean([accuracy(answer, unseen.labels) for answer in answers])
    by_font = np.stack([(a.argmax(-1) == unseen.labels.numpy()).reshape(-1, 10).mean(1) for a in answers]).mean(0)
    print(f"held-out fonts, {VIEWS * len(unseen.labels)} pictures: float32 {float_accuracy:.4f}, int8 {integer_accuracy:.4f}")
    print("worst fonts: " + ", ".join(f"{unseen.fonts[f]} {by_font[f]:.2f}" for f in by_font.argsort()[:6]))

    write(integer, EXAMPLE / "digits.tflite")
    size = (EXAMPLE / "digits.tflite").stat().st_size
    print(f"digits.tflite: {size} bytes, {integer.macs()} multiply-accumulates")
    samples = to_integers(image, write_samples(unseen, views[0]))
    write_golden(integer, samples[::SAMPLES], EXAMPLE / "golden")
    right = (execute(integer, samples)["scores"].argmax(-1) == np.repeat(np.arange(10), SAMPLES)).sum()
    print(f"samples: {right} of {len(samples)} recognised")
    if integer_accuracy < LEAST_ACCURACY or size > LARGEST_FILE:
        raise SystemExit(f"digits: wanted an accuracy of {LEAST_ACCURACY} in at most {LARGEST_FILE} bytes; train longer or change the network")


if __name__ == "__main__":
    main()
