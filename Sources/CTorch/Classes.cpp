// Operations of networks that choose among classes: embeddings, impossible classes, cross entropy, clipping.
#include <cmath>
#include <limits>

#include "Handle.hpp"

using namespace ctorch;

ctorch_tensor *ctorch_embedding(const ctorch_tensor *table, const ctorch_tensor *index, ctorch_error error) {
  return tensor(error, [&] {
    TORCH_CHECK(table->value.dim() == 2, "a table of embeddings is a matrix, not ", table->value.sizes());
    if (index->value.numel() > 0) {
      const int64_t lowest = index->value.min().item<int64_t>(), highest = index->value.max().item<int64_t>();
      TORCH_CHECK(lowest >= 0 && highest < table->value.size(0), "the table has ", table->value.size(0),
                  " rows, and the index names row ", lowest < 0 ? lowest : highest);
    }
    return at::embedding(table->value, index->value);
  });
}

ctorch_tensor *ctorch_forbid_below(const ctorch_tensor *logits, const ctorch_tensor *lowest, ctorch_error error) {
  return tensor(error, [&] {
    TORCH_CHECK(logits->value.dim() == 2 && lowest->value.dim() == 1 && lowest->value.size(0) == logits->value.size(0),
                "each row of logits has one lowest class: ", logits->value.sizes(), " and ", lowest->value.sizes());
    const at::Tensor classes = at::arange(logits->value.size(1), lowest->value.options());
    const at::Tensor forbidden = classes.unsqueeze(0) < lowest->value.unsqueeze(1);
    return logits->value.masked_fill(forbidden, -std::numeric_limits<double>::infinity());
  });
}

ctorch_tensor *ctorch_cross_entropy(const ctorch_tensor *logits, const ctorch_tensor *targets, int64_t ignored,
                                    ctorch_error error) {
  return tensor(error, [&] {
    TORCH_CHECK(logits->value.dim() == 2, "the logits are [rows, classes], not ", logits->value.sizes());
    const at::Tensor surprise = logits->value.log_softmax(1);
    return at::nll_loss(surprise, targets->value, {}, at::Reduction::Sum, ignored);
  });
}

bool ctorch_clip_gradients(ctorch_tensor *const *parameters, size_t count, double largest, double *norm,
                           ctorch_error error) {
  return effect(error, [&] {
    at::NoGradGuard unrecorded;
    double sum = 0;
    for (size_t i = 0; i < count; ++i) {
      const at::Tensor &gradient = parameters[i]->value.grad();
      if (!gradient.defined()) continue;
      const double length = gradient.norm().item<double>();
      sum += length * length;
    }
    *norm = std::sqrt(sum);
    // A norm that is no number leaves the gradients as they are; the caller sees it.
    if (!(*norm > largest)) return;
    for (size_t i = 0; i < count; ++i) {
      at::Tensor &gradient = parameters[i]->value.mutable_grad();
      if (gradient.defined()) gradient.mul_(largest / *norm);
    }
  });
}
