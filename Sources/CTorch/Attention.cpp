// Attention over ranges of keys with relative positions, with its own backward pass.
#include <ATen/Dispatch.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "Handle.hpp"

using namespace ctorch;

namespace {

/// Scaled dot-product attention (Vaswani et al. 2017) of each query to a range of keys, to whose scores the product of
/// the query with a vector of the distance is added (Shaw et al. 2018; for each head, Huang et al. 2019).
///
/// Written with whole-tensor operations the scores of all rows and heads would pass through memory some twenty times
/// a step. Here each row's and head's scores stay in the cache from the first product to the last, and neither a mask
/// nor a skewed copy of the relative scores is made.
struct Attention : torch::autograd::Function<Attention> {
  using Context = torch::autograd::AutogradContext;
  using Variables = torch::autograd::variable_list;

  /// The columns of one head in one row: [steps, width of a head], without a copy.
  static at::Tensor part(const at::Tensor &x, int64_t row, int64_t head, int64_t heads) {
    const int64_t width = x.size(2) / heads;
    return x.select(0, row).slice(1, head * width, (head + 1) * width);
  }

  static Variables forward(Context *context, const at::Tensor &q, const at::Tensor &k, const at::Tensor &v,
                           const at::Tensor &relative, const at::Tensor &first, const at::Tensor &last, int64_t heads) {
    const int64_t rows = q.size(0), steps = q.size(1), keys = k.size(1), distances = relative.size(1);
    const double scale = 1 / std::sqrt(static_cast<double>(q.size(2) / heads));
    at::Tensor weights = at::empty({rows, heads, steps, keys}, q.options());
    at::Tensor y = at::empty({rows, steps, v.size(2)}, q.options());
    at::Tensor scores = at::empty({steps, keys}, q.options()), far = at::empty({steps, distances}, q.options());
    for (int64_t row = 0; row < rows; ++row) {
      const int64_t *from = first.data_ptr<int64_t>() + row * steps, *to = last.data_ptr<int64_t>() + row * steps;
      for (int64_t head = 0; head < heads; ++head) {
        const at::Tensor queries = part(q, row, head, heads);
        at::mm_out(scores, queries, part(k, row, head, heads).t());
        if (distances > 0) at::mm_out(far, queries, relative.select(0, head).t());
        AT_DISPATCH_FLOATING_TYPES(q.scalar_type(), "attention", [&] {
          limit<scalar_t>(scores.data_ptr<scalar_t>(), far.data_ptr<scalar_t>(), from, to, steps, keys, distances,
                          static_cast<scalar_t>(scale));
        });
        at::Tensor weight = weights.select(0, row).select(0, head), out = part(y, row, head, heads);
        at::_softmax_out(weight, scores, 1, false);
        at::mm_out(out, weight, part(v, row, head, heads));
      }
    }
    context->save_for_backward({q, k, v, relative, first, last, weights});
    context->saved_data["heads"] = heads;
    context->mark_non_differentiable({weights});
    return {y, weights};
  }

  static Variables backward(Context *context, Variables gradients) {
    const auto saved = context->get_saved_variables();
    const at::Tensor &q = saved[0], &k = saved[1], &v = saved[2], &relative = saved[3], &weights = saved[6];
    const at::Tensor &first = saved[4], &last = saved[5];
    const int64_t heads = context->saved_data["heads"].toInt();
    const int64_t rows = q.size(0), steps = q.size(1), keys = k.size(1), distances = relative.size(1);
    const double scale = 1 / std::sqrt(static_cast<double>(q.size(2) / heads));
    const at::Tensor dy = gradients[0].contiguous();
    at::Tensor dq = at::empty(q.sizes(), q.options()), dk = at::empty(k.sizes(), k.options());
    at::Tensor dv = at::empty(v.sizes(), v.options()), d_relative = at::zeros_like(relative);
    at::Tensor dscores = at::empty({steps, keys}, q.options()), dfar = at::empty({steps, distances}, q.options());
    for (int64_t row = 0; row < rows; ++row) {
      const int64_t *from = first.data_ptr<int64_t>() + row * steps, *to = last.data_ptr<int64_t>() + row * steps;
      for (int64_t head = 0; head < heads; ++head) {
        const at::Tensor weight = weights.select(0, row).select(0, head), d = part(dy, row, head, heads);
        at::Tensor dv_part = part(dv, row, head, heads), dk_part = part(dk, row, head, heads);
        at::Tensor dq_part = part(dq, row, head, heads);
        at::mm_out(dv_part, weight.t(), d);
        at::mm_out(dscores, d, part(v, row, head, heads).t());
        AT_DISPATCH_FLOATING_TYPES(q.scalar_type(), "attention", [&] {
          differentiate<scalar_t>(weight.data_ptr<scalar_t>(), dscores.data_ptr<scalar_t>(), dfar.data_ptr<scalar_t>(),
                                  from, to, steps, keys, distances, static_cast<scalar_t>(scale));
        });
        const at::Tensor queries = part(q, row, head, heads);
        at::mm_out(dk_part, dscores.t(), queries);
        at::mm_out(dq_part, dscores, part(k, row, head, heads));
        if (distances > 0) {
          dq_part.addmm_(dfar, relative.select(0, head));
          d_relative.select(0, head).addmm_(dfar.t(), queries);
        }
      }
    }
    return {dq, dk, dv, d_relative, at::Tensor(), at::Tensor(), at::Tensor()};
  }

  /// Scales the scores of the keys in range, adds what the distance says, and makes the others -infinity.
  template <typename Real>
  static void limit(Real *__restrict scores, const Real *__restrict far, const int64_t *from, const int64_t *to,
                    int64_t steps, int64_t keys, int64_t distances, Real scale) {
    for (int64_t i = 0; i < steps; ++i) {
      Real *__restrict row = scores + i * keys;
      const int64_t low = from[i], high = to[i], place = keys - steps + i;
      for (int64_t j = 0; j < low; ++j) row[j] = -std::numeric_limits<Real>::infinity();
      if (distances > 0) {
        const Real *__restrict away = far + i * distances + place;
        for (int64_t j = low; j <= high; ++j) row[j] = (row[j] + away[-j]) * scale;
      } else {
        for (int64_t j = low; j <= high; ++j) row[j] *= scale;
      }
      for (int64_t j = high + 1; j < keys; ++j) row[j] = -std::numeric_limits<Real>::infinity();
    }
  }

  /// The softmax back: turns the gradients of the weights into those of the scores, and sorts them by distance.
  template <typename Real>
  static void differentiate(const Real *__restrict weights, Real *__restrict gradients, Real *__restrict far,
                            const int64_t *from, const int64_t *to, int64_t steps, int64_t keys, int64_t distances,
                            Real scale) {
    std::fill(far, far + steps * distances, Real(0));
    for (int64_t i = 0; i < steps; ++i) {
      const Real *__restrict weight = weights + i * keys;
      Real *__restrict row = gradients + i * keys;
      const int64_t low = from[i], high = to[i], place = keys - steps + i;
      Real sum = 0;
      {
#pragma clang fp reassociate(on)
        for (int64_t j = low; j <= high; ++j) sum += weight[j] * row[j];
      }
      for (int64_t j = 0; j < low; ++j) row[j] = 0;
      for (int64_t j = low; j <= high; ++j) row[j] = weight[j] * (row[j] - sum) * scale;
      for (int64_t j = high + 1; j < keys; ++j) row[j] = 0;
      if (distances == 0) continue;
      Real *__restrict away = far + i * distances + place;
      for (int64_t j = low; j <= high; ++j) away[-j] = row[j];
    }
  }
};

/// The same by libtorch's own operations, for other devices than the CPU.
std::pair<at::Tensor, at::Tensor> composed(const at::Tensor &q, const at::Tensor &k, const at::Tensor &v,
                                           const at::Tensor &relative, const at::Tensor &first, const at::Tensor &last,
                                           int64_t heads) {
  const int64_t rows = q.size(0), steps = q.size(1), keys = k.size(1), distances = relative.size(1);
  const auto split = [&](const at::Tensor &x) {
    return x.reshape({rows, x.size(1), heads, x.size(2) / heads}).transpose(1, 2);
  };
  const at::Tensor queries = split(q), key = at::arange(keys, first.options());
  at::Tensor scores = queries.matmul(split(k).transpose(2, 3));
  if (distances > 0) {
    const at::Tensor place = at::arange(keys - steps, keys, first.options());
    const at::Tensor distance = (place.unsqueeze(1) - key).clamp(0, distances - 1);
    const at::Tensor far = queries.matmul(relative.transpose(1, 2));
    scores = scores + far.gather(3, distance.expand({rows, heads, steps, keys}));
  }
  const at::Tensor outside = (key < first.unsqueeze(2)).logical_or(key > last.unsqueeze(2)).unsqueeze(1);
  scores = scores / std::sqrt(static_cast<double>(q.size(2) / heads));
  const at::Tensor weights = scores.masked_fill(outside, -std::numeric_limits<double>::infinity()).softmax(3);
  const at::Tensor y = weights.matmul(split(v)).transpose(1, 2).reshape({rows, steps, v.size(2)});
  return {y, weights.detach()};
}

void check(const at::Tensor &q, const at::Tensor &k, const at::Tensor &v, const at::Tensor &relative,
           const at::Tensor &first, const at::Tensor &last, int64_t heads) {
  TORCH_CHECK(q.dim() == 3 && k.dim() == 3 && v.dim() == 3,
              "queries, keys and values are [rows, steps, width], not ", q.sizes(), ", ", k.sizes(), ", ", v.sizes());
  const int64_t rows = q.size(0), steps = q.size(1), keys = k.size(1);
  TORCH_CHECK(k.size(0) == rows && v.size(0) == rows && v.size(1) == keys && k.size(2) == q.size(2) && keys >= steps,
              "queries ", q.sizes(), ", keys ", k.sizes(), " and values ", v.sizes(), " do not belong together");
  TORCH_CHECK(heads > 0 && q.size(2) % heads == 0 && v.size(2) % heads == 0, "a width of ", q.size(2), " or ",
              v.size(2), " cannot be shared evenly among ", heads, " heads");
  TORCH_CHECK(relative.dim() == 3 && relative.size(0) == heads && relative.size(2) == q.size(2) / heads,
              "the vectors of the distances are [heads, distances, width of a head], not ", relative.sizes());
  for (const at::Tensor &other : {k, v, relative}) {
    TORCH_CHECK(other.scalar_type() == q.scalar_type(), "all tensors have the queries' element type");
  }
  const int64_t distances = relative.size(1);
  for (const at::Tensor &range : {first, last}) {
    TORCH_CHECK(range.dim() == 2 && range.size(0) == rows && range.size(1) == steps && range.scalar_type() == at::kLong,
                "the ranges are Int64 [rows, steps], not ", range.sizes());
  }
  for (int64_t i = 0; i < rows * steps; ++i) {
    const int64_t low = first.data_ptr<int64_t>()[i], high = last.data_ptr<int64_t>()[i];
    TORCH_CHECK(0 <= low && low <= high && high < keys, "the keys from ", low, " to ", high, " are no range of ", keys);
    const int64_t place = keys - steps + i % steps;
    TORCH_CHECK(distances == 0 || (high <= place && place - low < distances), "the keys from ", low, " to ", high,
                " of the query at ", place, " need distances from 0 to ", place - low, ", and there are ", distances);
  }
}

}  // namespace

bool ctorch_attention(const ctorch_tensor *q, const ctorch_tensor *k, const ctorch_tensor *v,
                      const ctorch_tensor *relative, const ctorch_tensor *first, const ctorch_tensor *last,
                      int64_t heads, ctorch_tensor **y, ctorch_tensor **weights, ctorch_error error) {
  return effect(error, [&] {
    const at::Tensor from = first->value.contiguous(), to = last->value.contiguous();
    const at::Tensor none = at::empty({heads, 0, q->value.size(-1) / std::max<int64_t>(1, heads)}, q->value.options());
    const at::Tensor distances = relative ? relative->value.contiguous() : none;
    check(q->value, k->value, v->value, distances, from.cpu(), to.cpu(), heads);
    if (!q->value.is_cpu()) {
      const auto made = composed(q->value, k->value, v->value, distances, from, to, heads);
      *y = new ctorch_tensor{made.first};
      *weights = new ctorch_tensor{made.second};
      return;
    }
    auto made = Attention::apply(q->value.contiguous(), k->value.contiguous(), v->value.contiguous(), distances, from,
                                 to, heads);
    *y = new ctorch_tensor{made[0]};
    *weights = new ctorch_tensor{made[1]};
  });
}
