#!/usr/bin/env python3
"""Trains in PyTorch the network that "antiphon-train benchmark" trains, and prints its speed as JSON.

Embedding 64, nn.LSTM with two layers of 256 and dropout 0.3, 256 tokens, windows of 64, Adam, random tokens.
"""
import argparse
import json
import time

import torch

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--seconds", type=float, default=20)
parser.add_argument("--batch", type=int, default=64, help="sequences side by side")
arguments = parser.parse_args()

VOCABULARY, WINDOW, EMBEDDING, HIDDEN = 256, 64, 64, 256
torch.set_num_threads(arguments.threads)
torch.manual_seed(1)


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = torch.nn.Embedding(VOCABULARY, EMBEDDING)
        self.lstm = torch.nn.LSTM(EMBEDDING, HIDDEN, 2, dropout=0.3)
        self.linear = torch.nn.Linear(HIDDEN, VOCABULARY)

    def forward(self, tokens):
        return self.linear(self.lstm(self.embedding(tokens))[0])


network = Network()
optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)


def step():
    tokens = torch.randint(VOCABULARY, (WINDOW + 1, arguments.batch))
    logits = network(tokens[:-1])
    loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), tokens[1:].flatten())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


for _ in range(3):
    step()
steps, start, processor = 0, time.perf_counter(), time.process_time()
while time.perf_counter() - start < arguments.seconds:
    for _ in range(5):
        loss = step()
    steps += 5
elapsed, used = time.perf_counter() - start, time.process_time() - processor
tokens = steps * arguments.batch * WINDOW
print(json.dumps({
    "loss": loss, "processorMicrosecondsPerToken": 1e6 * used / tokens, "steps": steps, "threads": arguments.threads,
    "tokensPerSecond": tokens / elapsed, "torch": torch.__version__,
}))
