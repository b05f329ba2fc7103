// Elementwise arithmetic, products and reductions.
#include <limits>

#include "Handle.hpp"

using namespace ctorch;

ctorch_tensor *ctorch_unary(ctorch_unary_op op, const ctorch_tensor *x, ctorch_error error) {
  return tensor(error, [&]() -> at::Tensor {
    switch (op) {
      case CTORCH_NEGATE: return x->value.neg();
      case CTORCH_RELU: return x->value.relu();
      case CTORCH_SIGMOID: return x->value.sigmoid();
      case CTORCH_TANH: return x->value.tanh();
      case CTORCH_EXP: return x->value.exp();
      case CTORCH_LOG: return x->value.log();
      case CTORCH_SQRT: return x->value.sqrt();
      case CTORCH_SQUARE: return x->value * x->value;  // cheaper to differentiate than pow
      case CTORCH_ABS: return x->value.abs();
      case CTORCH_GELU: return at::gelu(x->value);
    }
    throw std::invalid_argument("this operation on one tensor does not exist");
  });
}

ctorch_tensor *ctorch_binary(ctorch_binary_op op, const ctorch_tensor *a, const ctorch_tensor *b, ctorch_error error) {
  return tensor(error, [&]() -> at::Tensor {
    switch (op) {
      case CTORCH_ADD: return a->value + b->value;
      case CTORCH_SUBTRACT: return a->value - b->value;
      case CTORCH_MULTIPLY: return a->value * b->value;
      case CTORCH_DIVIDE: return a->value / b->value;
      case CTORCH_MATMUL: return a->value.matmul(b->value);
    }
    throw std::invalid_argument("this operation on two tensors does not exist");
  });
}

ctorch_tensor *ctorch_affine(const ctorch_tensor *x, double scale, double shift, ctorch_error error) {
  return tensor(error, [&]() -> at::Tensor {
    if (shift == 0) return x->value * scale;
    if (scale == 1) return x->value + shift;
    return x->value * scale + shift;
  });
}

ctorch_tensor *ctorch_clamp(const ctorch_tensor *x, double low, double high, ctorch_error error) {
  return tensor(error, [&]() -> at::Tensor {
    if (high == std::numeric_limits<double>::infinity()) return x->value.clamp_min(low);
    if (low == -std::numeric_limits<double>::infinity()) return x->value.clamp_max(high);
    return x->value.clamp(low, high);
  });
}

ctorch_tensor *ctorch_addmm(const ctorch_tensor *bias, const ctorch_tensor *x, const ctorch_tensor *weight,
                            ctorch_error error) {
  return tensor(error, [&] { return at::addmm(bias->value, x->value, weight->value); });
}

ctorch_tensor *ctorch_conv1d(const ctorch_tensor *x, const ctorch_tensor *weight, const ctorch_tensor *bias,
                             int64_t stride, int64_t padding, int64_t dilation, ctorch_error error) {
  return tensor(error, [&] {
    return at::conv1d(x->value, weight->value, bias ? bias->value : at::Tensor(), stride, padding, dilation);
  });
}

ctorch_tensor *ctorch_layer_norm(const ctorch_tensor *x, const ctorch_tensor *weight, const ctorch_tensor *bias,
                                 double epsilon, ctorch_error error) {
  return tensor(error, [&] {
    TORCH_CHECK(x->value.dim() > 0, "a single number cannot be normalised");
    return at::layer_norm(x->value, {x->value.size(-1)}, weight->value, bias->value, epsilon);
  });
}

ctorch_tensor *ctorch_masked_fill(const ctorch_tensor *x, const ctorch_tensor *mask, double value,
                                  ctorch_error error) {
  return tensor(error, [&] { return x->value.masked_fill(mask->value.ne(0), value); });
}

ctorch_tensor *ctorch_reduce(ctorch_reduce_op op, const ctorch_tensor *x, const int64_t *dimensions, size_t count,
                             bool keep, ctorch_error error) {
  return tensor(error, [&]() -> at::Tensor {
    std::vector<int64_t> over(dimensions, dimensions + count);
    if (over.empty()) {
      for (int64_t d = 0; d < x->value.dim(); ++d) over.push_back(d);
    }
    switch (op) {
      case CTORCH_SUM: return x->value.sum(over, keep);
      case CTORCH_MEAN: return x->value.mean(over, keep);
      case CTORCH_MAX: return x->value.amax(over, keep);
      case CTORCH_LOGSUMEXP: return x->value.logsumexp(over, keep);
    }
    throw std::invalid_argument("this reduction does not exist");
  });
}

ctorch_tensor *ctorch_argmax(const ctorch_tensor *x, int64_t dimension, ctorch_error error) {
  return tensor(error, [&] { return x->value.argmax(dimension); });
}

ctorch_tensor *ctorch_log_softmax(const ctorch_tensor *x, int64_t dimension, ctorch_error error) {
  return tensor(error, [&] { return x->value.log_softmax(dimension); });
}

ctorch_tensor *ctorch_softmax(const ctorch_tensor *x, int64_t dimension, ctorch_error error) {
  return tensor(error, [&] { return x->value.softmax(dimension); });
}

ctorch_tensor *ctorch_segment_mean(const ctorch_tensor *x, const ctorch_tensor *lengths, ctorch_error error) {
  return tensor(error, [&] {
    TORCH_CHECK(x->value.dim() == 2, "a mean of segments takes a matrix, not ", x->value.sizes());
    TORCH_CHECK(lengths->value.dim() == 1 && lengths->value.scalar_type() == at::kLong,
                "the lengths of segments are a vector of Int64");
    const auto count = lengths->value.cpu().contiguous();
    const int64_t segments = count.numel();
    // One thin matrix product: row s of the left factor is 1/length over the segment's columns. So is the gradient.
    at::Tensor weights = at::zeros({segments, x->value.size(0)}, x->value.options().requires_grad(false));
    int64_t start = 0;
    for (int64_t s = 0; s < segments; ++s) {
      const int64_t length = count.data_ptr<int64_t>()[s];
      TORCH_CHECK(length > 0 && start + length <= x->value.size(0), "segment ", s, " of ", length,
                  " rows does not fit into ", x->value.size(0), " rows");
      weights.select(0, s).slice(0, start, start + length).fill_(1.0 / static_cast<double>(length));
      start += length;
    }
    TORCH_CHECK(start == x->value.size(0), "the segments hold ", start, " rows of ", x->value.size(0));
    return at::mm(weights, x->value);
  });
}
