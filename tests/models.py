"""Small models that pool adaptively as well-known ones do, for the tests of what travels."""

import torch
from torch import nn
from torch.nn import functional as F


def features(channels=4):
    """Two convolutions that halve the picture twice."""
    return nn.Sequential(
        *(nn.Conv2d(3, channels, 3, 2, 1), nn.ReLU(), nn.Conv2d(channels, channels, 3, 2, 1), nn.ReLU()),
    )


class Vgg(nn.Module):
    """One pooling to 7 × 7 before the classifier."""

    def __init__(self):
        super().__init__()
        self.features, self.avgpool = features(), nn.AdaptiveAvgPool2d(7)
        self.classifier = nn.Sequential(nn.Flatten(), nn.Dropout(), nn.Linear(4 * 49, 5))

    def forward(self, x):
        return self.classifier(self.avgpool(self.features(x)))


class AlexNet(nn.Sequential):
    """A maximum to 6 × 6 in a nested nn.Sequential, then a global average."""

    def __init__(self):
        inner = nn.Sequential(nn.AdaptiveMaxPool2d((6, 6)), nn.Sequential(nn.AdaptiveAvgPool2d(1)))
        super().__init__(features(), inner, nn.Flatten(), nn.Linear(4, 5))


class Spp(nn.Module):
    """Spatial pyramid pooling: maxima at several targets, side by side."""

    def __init__(self):
        super().__init__()
        self.features = features()
        self.levels = nn.ModuleList(nn.AdaptiveMaxPool2d(m) for m in (1, 2, 3, 5))
        self.head = nn.Linear(4 * 39, 5)

    def forward(self, x):
        x = self.features(x)
        return self.head(torch.cat([level(x).flatten(1) for level in self.levels], 1))


class PspNet(nn.Module):
    """Averages at 1, 2, 3 and 6, enlarged to the map's own size."""

    def __init__(self):
        super().__init__()
        self.features = features()
        self.ppm = nn.ModuleList(
            nn.Sequential(nn.AdaptiveAvgPool2d(m), nn.Conv2d(4, 2, 1), nn.BatchNorm2d(2)) for m in (1, 2, 3, 6)
        )
        self.head = nn.Conv2d(12, 3, 3, padding=1)

    def forward(self, x):
        x = self.features(x)
        parts = [F.interpolate(part(x), x.shape[-2:], mode="bilinear", align_corners=False) for part in self.ppm]
        return self.head(torch.cat([x, *parts], 1))


class UperNet(nn.Module):
    """Two maps of different sizes through one shared pooling, and one that keeps its width."""

    def __init__(self):
        super().__init__()
        self.stem, self.deep = features(), nn.Conv2d(4, 4, 3, 2, 1)
        self.shared = self.again = nn.AdaptiveAvgPool2d(3)
        self.rows = nn.AdaptiveAvgPool2d((5, None))

    def forward(self, x):
        high = self.stem(x)
        low = self.deep(high)
        return self.shared(high) + self.again(low), self.rows(low).mean(-1)


class Se(nn.Module):
    """Squeeze and excitation: a global average as a gate, by a module and by a function."""

    def __init__(self):
        super().__init__()
        self.features, self.squeeze = features(), nn.AdaptiveAvgPool2d(1)
        self.gate, self.out = nn.Conv2d(4, 4, 1), nn.Conv2d(4, 2, 1)

    def forward(self, x):
        x = self.features(x)
        x = x * torch.sigmoid(self.gate(self.squeeze(x)))
        return self.out(x)


class Functions(nn.Module):
    """No module at all: calls of functions, a maximum among them."""

    def forward(self, x):
        return F.adaptive_avg_pool2d(x, (3, 5)), F.adaptive_max_pool2d(x, 4), F.adaptive_avg_pool2d(x, 1)


MODELS = {"vgg": Vgg, "alexnet": AlexNet, "spp": Spp, "pspnet": PspNet, "upernet": UperNet, "se": Se}


def build(name="vgg"):
    """A model with the same weights every time, as it evaluates."""
    torch.manual_seed(0)
    return {**MODELS, "functions": Functions}[name]().eval()
