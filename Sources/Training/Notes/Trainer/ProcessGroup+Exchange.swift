// The processes of a group exchange gradients.
public import Torch

extension ProcessGroup: GradientExchange {}
