// The LSTM layer over whole sequences, with its own backward pass.
#include <torch/csrc/autograd/custom_function.h>

#include "Handle.hpp"
#include "Pointwise.hpp"

using namespace ctorch;

namespace {

/// One direction of Hochreiter and Schmidhuber's LSTM with forget gates (Gers 2000), gates in the order i, f, g, o.
///
/// at::lstm records every step's pointwise operations and adds up the weights' gradients step by step. Here a pass over
/// T steps is one product for all inputs, one small product a step, and three large ones for the gradients; and the
/// state can be cleared between two sequences that follow each other in one row. Floats of the CPU have pointwise steps
/// of their own (Pointwise.hpp); other types and devices take libtorch's operations.
struct LSTM : torch::autograd::Function<LSTM> {
  using Context = torch::autograd::AutogradContext;
  using Variables = torch::autograd::variable_list;

  static Variables forward(Context *context, const at::Tensor &x, const at::Tensor &h0, const at::Tensor &c0,
                           const at::Tensor &weight_ih, const at::Tensor &weight_hh, const at::Tensor &bias,
                           const at::Tensor &keep) {
    const int64_t steps = x.size(0), batch = x.size(1), hidden = h0.size(1);
    at::Tensor gates = at::addmm(bias, x.reshape({steps * batch, -1}), weight_ih.t()).view({steps, batch, 4 * hidden});
    // What step t starts from is row t of `before` and `cells`, already cleared where a sequence begins.
    at::Tensor before = at::empty({steps, batch, hidden}, x.options());
    at::Tensor cells = at::empty({steps, batch, hidden}, x.options());
    at::Tensor squashed = at::empty({steps, batch, hidden}, x.options());
    at::Tensor y = at::empty({steps, batch, hidden}, x.options());
    const at::Tensor recurrent = weight_hh.t();
    at::Tensor h = h0.contiguous(), c = c0.clone(at::MemoryFormat::Contiguous);
    const at::Tensor kept = keep.contiguous();
    const bool fused = is_fused(x);
    for (int64_t t = 0; t < steps; ++t) {
      at::Tensor h_before = before.select(0, t), c_before = cells.select(0, t), gate = gates.select(0, t);
      if (fused) {
        const float *factors = kept.data_ptr<float>() + t * batch;
        scale_rows(h.data_ptr<float>(), factors, h_before.data_ptr<float>(), batch, hidden);
        scale_rows(c.data_ptr<float>(), factors, c_before.data_ptr<float>(), batch, hidden);
      } else {
        at::mul_out(h_before, h, kept.select(0, t).unsqueeze(1));
        at::mul_out(c_before, c, kept.select(0, t).unsqueeze(1));
      }
      gate.addmm_(h_before, recurrent);
      h = y.select(0, t);
      at::Tensor s = squashed.select(0, t);
      if (fused) {
        lstm_step(gate.data_ptr<float>(), c_before.data_ptr<float>(), c.data_ptr<float>(), s.data_ptr<float>(),
                  h.data_ptr<float>(), batch, hidden);
        continue;
      }
      gate.slice(1, 0, 2 * hidden).sigmoid_();
      gate.slice(1, 2 * hidden, 3 * hidden).tanh_();
      gate.slice(1, 3 * hidden, 4 * hidden).sigmoid_();
      at::mul_out(c, gate.slice(1, hidden, 2 * hidden), c_before);
      c.addcmul_(gate.slice(1, 0, hidden), gate.slice(1, 2 * hidden, 3 * hidden));
      at::tanh_out(s, c);
      at::mul_out(h, gate.slice(1, 3 * hidden, 4 * hidden), s);
    }
    context->save_for_backward({x, weight_ih, weight_hh, kept, gates, before, cells, squashed});
    return {y, h.clone(), c};
  }

  static Variables backward(Context *context, Variables gradients) {
    const auto saved = context->get_saved_variables();
    const at::Tensor &x = saved[0], &weight_ih = saved[1], &weight_hh = saved[2], &keep = saved[3];
    const at::Tensor &gates = saved[4], &before = saved[5], &cells = saved[6], &squashed = saved[7];
    const int64_t steps = x.size(0), batch = x.size(1), hidden = weight_hh.size(1);
    const auto given = [&](const at::Tensor &gradient, at::IntArrayRef shape) {
      return gradient.defined() ? gradient.contiguous() : at::zeros(shape, x.options());
    };
    const at::Tensor dy = given(gradients[0], {steps, batch, hidden});
    at::Tensor dh = given(gradients[1], {batch, hidden}).clone();
    at::Tensor dc = given(gradients[2], {batch, hidden}).clone();
    at::Tensor dgates = at::empty({steps, batch, 4 * hidden}, x.options());
    const bool fused = is_fused(x);
    for (int64_t t = steps - 1; t >= 0; --t) {
      at::Tensor dgate = dgates.select(0, t);
      if (fused) {
        const int64_t at = t * batch * hidden;
        const float *kept = keep.data_ptr<float>() + t * batch;
        lstm_step_back(gates.data_ptr<float>() + 4 * at, cells.data_ptr<float>() + at,
                       squashed.data_ptr<float>() + at, dy.data_ptr<float>() + at, dh.data_ptr<float>(),
                       t == steps - 1 ? nullptr : kept + batch, kept, dc.data_ptr<float>(), dgate.data_ptr<float>(),
                       batch, hidden);
        at::mm_out(dh, dgate, weight_hh);
        continue;
      }
      const at::Tensor gate = gates.select(0, t), s = squashed.select(0, t), kept = keep.select(0, t).unsqueeze(1);
      const auto part = [&](const at::Tensor &of, int64_t k) { return of.slice(1, k * hidden, (k + 1) * hidden); };
      const at::Tensor i = part(gate, 0), f = part(gate, 1), g = part(gate, 2), o = part(gate, 3);
      const at::Tensor d = dy.select(0, t) + dh, e = dc + d * o * (1 - s * s);
      part(dgate, 0).copy_(e * g * i * (1 - i));
      part(dgate, 1).copy_(e * cells.select(0, t) * f * (1 - f));
      part(dgate, 2).copy_(e * i * (1 - g * g));
      part(dgate, 3).copy_(d * s * o * (1 - o));
      dc = e * f * kept;
      at::mm_out(dh, dgate, weight_hh);
      dh.mul_(kept);
    }
    if (fused) dh.mul_(keep.select(0, 0).unsqueeze(1));
    const at::Tensor flat = dgates.view({steps * batch, 4 * hidden});
    const at::Tensor dx = context->needs_input_grad(0) ? at::mm(flat, weight_ih).view(x.sizes()) : at::Tensor();
    const at::Tensor d_ih = at::mm(flat.t(), x.reshape({steps * batch, -1}));
    const at::Tensor d_hh = at::mm(flat.t(), before.view({steps * batch, hidden}));
    return {dx, dh, dc, d_ih, d_hh, flat.sum(0), at::Tensor()};
  }

  static bool is_fused(const at::Tensor &x) { return x.device().is_cpu() && x.scalar_type() == at::kFloat; }
};

}  // namespace

bool ctorch_lstm(const ctorch_tensor *x, const ctorch_tensor *hidden, const ctorch_tensor *cell,
                 const ctorch_tensor *weight_ih, const ctorch_tensor *weight_hh, const ctorch_tensor *bias,
                 const ctorch_tensor *keep, ctorch_tensor **y, ctorch_tensor **last_hidden, ctorch_tensor **last_cell,
                 ctorch_error error) {
  return effect(error, [&] {
    const at::Tensor &input = x->value, &h0 = hidden->value, &c0 = cell->value;
    TORCH_CHECK(input.dim() == 3 && input.size(0) > 0, "the input is [steps, batch, inputs], not ", input.sizes());
    const int64_t steps = input.size(0), batch = input.size(1), inputs = input.size(2);
    TORCH_CHECK(h0.dim() == 2 && h0.size(0) == batch && c0.sizes() == h0.sizes(),
                "the states are [batch, hidden], not ", h0.sizes(), " and ", c0.sizes());
    const int64_t units = h0.size(1);
    const auto check = [](const at::Tensor &tensor, const char *name, at::IntArrayRef shape) {
      TORCH_CHECK(tensor.sizes() == shape, name, " has shape ", tensor.sizes(), ", not ", shape);
    };
    check(weight_ih->value, "weight_ih", {4 * units, inputs});
    check(weight_hh->value, "weight_hh", {4 * units, units});
    check(bias->value, "bias", {4 * units});
    check(keep->value, "keep", {steps, batch});
    for (const ctorch_tensor *other : {hidden, cell, weight_ih, weight_hh, bias, keep}) {
      TORCH_CHECK(other->value.scalar_type() == input.scalar_type(), "all tensors have the input's element type");
    }
    auto made = LSTM::apply(input, h0, c0, weight_ih->value, weight_hh->value, bias->value, keep->value);
    *y = new ctorch_tensor{made[0]};
    *last_hidden = new ctorch_tensor{made[1]};
    *last_cell = new ctorch_tensor{made[2]};
  });
}
