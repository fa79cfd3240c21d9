"""The notebook's strategies in PyTorch on GTSRB: what scripts/bench --notebook is measured against.

usage: notebook_pytorch.py DIR [SEED [STRATEGY ...]]          (needs torch and numpy)

DIR holds GTSRB-Training_fixed.zip, GTSRB_Final_Test_Images.zip and GTSRB_Final_Test_GT.zip. Strategies:
finetune, once, rehearsal-kd, der-cnn, joint; all of them unless some are named. Images are read once and stay
in memory as floats, so that no time goes to a data loader. 32x32, five tasks of eight classes, five epochs each,
batch 64. Prints a line for each: its name, the seconds it took, the test accuracy after every task in percent.
"""

import copy
import csv
import io
import sys
import time
import zipfile

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

TASKS = [list(range(8 * task, 8 * task + 8)) for task in range(5)]
EPOCHS, BATCH, RATE = 5, 64, 1e-3


def pixels(data):
    """The bytes of a 32x32 PPM file behind its header."""
    return np.frombuffer(data[-32 * 32 * 3 :], np.uint8).reshape(32, 32, 3)


def read(folder):
    with zipfile.ZipFile(f"{folder}/GTSRB-Training_fixed.zip") as archive:
        names = sorted(name for name in archive.namelist() if name.endswith(".ppm"))
        train = np.stack([pixels(archive.read(name)) for name in names])
        train_labels = [int(name.split("/")[-2]) for name in names]
    with zipfile.ZipFile(f"{folder}/GTSRB_Final_Test_GT.zip") as archive:
        table = io.TextIOWrapper(archive.open("GT-final_test.csv"))
        rows = list(csv.DictReader(table, delimiter=";"))
    with zipfile.ZipFile(f"{folder}/GTSRB_Final_Test_Images.zip") as archive:
        prefix = "GTSRB/Final_Test/Images/"
        test = np.stack([pixels(archive.read(prefix + row["Filename"])) for row in rows])
    test_labels = [int(row["ClassId"]) for row in rows]

    def tensors(images, labels):
        images = torch.from_numpy(images).permute(0, 3, 1, 2).float().div_(255)
        return images.contiguous(), torch.tensor(labels)

    return tensors(train, train_labels) + tensors(test, test_labels)


class SimpleCNN(nn.Module):
    def __init__(self, outputs):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 5, padding=2)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.conv3 = nn.Conv2d(64, 64, 3, padding=1)
        self.heads = nn.ModuleList([nn.Linear(4096, outputs)])

    def forward(self, x):
        x = F.max_pool2d(F.leaky_relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.leaky_relu(self.conv2(x)), 2)
        x = F.leaky_relu(self.conv3(x)).flatten(1)
        return [head(x) for head in self.heads]


class DERCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 3, padding=1)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.hidden = nn.Linear(4096, 128)
        self.heads = nn.ModuleList([nn.Linear(128, 8), nn.Linear(128, 8)])

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = F.normalize(F.relu(self.hidden(x.flatten(1))), dim=1)
        return [head(x) for head in self.heads]


def xavier(module):
    if isinstance(module, (nn.Linear, nn.Conv2d)):
        nn.init.xavier_uniform_(module.weight)
        nn.init.zeros_(module.bias)


def grow_heads(model, outputs, keep=True):
    for index, old in enumerate(model.heads):
        new = nn.Linear(old.in_features, outputs)
        if keep:
            with torch.no_grad():
                new.weight[: old.out_features] = old.weight
                new.bias[: old.out_features] = old.bias
        model.heads[index] = new


def distillation(student, teacher, temperature=2):
    answers = F.softmax(teacher / temperature, 1)
    loss = F.kl_div(F.log_softmax(student / temperature, 1), answers, reduction="batchmean")
    return temperature**2 * loss


class Classroom:
    def __init__(self, folder):
        self.images, self.labels, self.test_images, self.test_labels = read(folder)

    def indices(self, classes):
        return torch.isin(self.labels, torch.tensor(classes)).nonzero().squeeze(1)

    def evaluate(self, model, classes):
        model.eval()
        indices = torch.isin(self.test_labels, torch.tensor(classes)).nonzero().squeeze(1)
        right = 0
        with torch.inference_mode():
            for batch in indices.split(BATCH):
                logits = model(self.test_images[batch])[0]
                right += (logits.argmax(1) == self.test_labels[batch]).sum().item()
        return 100 * right / len(indices)

    def draw_memory(self, classes, per_class):
        drawn = []
        for label in classes:
            own = self.indices([label])
            drawn.append(own[torch.randperm(len(own))[:per_class]])
        return torch.cat(drawn)

    def train(self, model, optimizer, epochs, images, loss, every=5, factor=0.5, size=BATCH, companions=None):
        """Epochs over `images`; `loss` is given a model's logits, the images' numbers and the labels."""
        schedule = torch.optim.lr_scheduler.StepLR(optimizer, every, factor)
        model.train()
        for _ in range(epochs):
            queue = []
            for batch in images[torch.randperm(len(images))].split(size):
                if companions is not None:
                    if not queue:
                        queue = list(companions[torch.randperm(len(companions))].split(size))
                    batch = torch.cat([batch, queue.pop(0)])
                optimizer.zero_grad()
                loss(model(self.images[batch]), batch, self.labels[batch]).backward()
                optimizer.step()
            schedule.step()

    def plain(self, model, tasks, epochs=EPOCHS, joint=False, anew=False):
        """Cross-entropy on each task's images, or on all images so far."""
        seen, accuracy = [], []
        for number, classes in enumerate(tasks):
            seen = seen + classes
            if anew:
                model.apply(xavier)
            grow_heads(model, len(seen), keep=number > 0 and not joint)
            optimizer = torch.optim.Adam(model.parameters(), lr=RATE)
            images = self.indices(seen if joint else classes)
            self.train(model, optimizer, epochs, images, lambda z, _, y: F.cross_entropy(z[0], y))
            accuracy.append(self.evaluate(model, seen))
        return accuracy

    def rehearsal(self, model):
        seen, accuracy, memory, teacher = [], [], None, None
        for number, classes in enumerate(TASKS):
            old = len(seen)
            seen = seen + classes
            grow_heads(model, len(seen), keep=number > 0)
            optimizer = torch.optim.SGD(model.parameters(), lr=RATE, momentum=0.9, weight_decay=5e-4)
            images = self.indices(classes)
            if memory is not None:
                images = torch.cat([images, memory])

            def loss(logits, batch, labels):
                value = F.cross_entropy(logits[0], labels)
                if teacher is None:
                    return value
                with torch.no_grad():
                    answers = teacher(self.images[batch])[0]
                return value + distillation(logits[0][:, :old], answers)

            self.train(model, optimizer, EPOCHS, images, loss)
            accuracy.append(self.evaluate(model, seen))
            memory = self.draw_memory(seen, 200 // len(seen))
            teacher = copy.deepcopy(model).eval()
        return accuracy

    def der(self, model):
        seen, accuracy, memory, teacher = [], [], None, None
        for number, classes in enumerate(TASKS):
            old = len(seen)
            seen = seen + classes
            grow_heads(model, len(seen), keep=number > 0)
            optimizer = torch.optim.Adam(model.parameters(), lr=RATE)

            def loss(logits, batch, labels):
                value = F.cross_entropy(logits[0], labels) + 0.7 * F.cross_entropy(logits[1], labels)
                if teacher is None:
                    return value
                with torch.no_grad():
                    answers = teacher(self.images[batch])[0]
                return value + 1.5 * distillation(logits[0][:, :old], answers)

            self.train(
                model, optimizer, EPOCHS, self.indices(classes), loss, every=3, factor=0.3, size=BATCH // 2,
                companions=memory,
            )
            accuracy.append(self.evaluate(model, seen))
            used, memory = memory, self.draw_memory(seen, 10)
            if used is not None:
                model.train()
                for batch in used[torch.randperm(len(used))].split(BATCH):
                    optimizer.zero_grad()
                    F.cross_entropy(model(self.images[batch])[0], self.labels[batch]).backward()
                    optimizer.step()
            teacher = copy.deepcopy(model).eval()
        return accuracy


def main():
    folder = sys.argv[1]
    torch.manual_seed(int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    names = sys.argv[3:] or ["finetune", "once", "rehearsal-kd", "der-cnn", "joint"]
    room = Classroom(folder)
    first = SimpleCNN(8)

    def timed(name, body):
        start = time.perf_counter()
        accuracy = body()
        figures = " ".join(f"{value:.2f}" for value in accuracy)
        print(f"{name} {time.perf_counter() - start:.1f} {figures}", flush=True)

    first.apply(xavier)
    timed("pretrain", lambda: room.plain(first, TASKS[:1], epochs=4))
    whole = [sum(TASKS, [])]
    strategies = {
        "finetune": lambda net: room.plain(net, TASKS),
        "once": lambda net: room.plain(net, whole, joint=True),
        "rehearsal-kd": room.rehearsal,
        "der-cnn": lambda _: room.der(DERCNN()),
        "joint": lambda net: room.plain(net, TASKS, joint=True, anew=True),
    }
    for name in names:
        timed(name, lambda: strategies[name](copy.deepcopy(first)))


if __name__ == "__main__":
    main()
