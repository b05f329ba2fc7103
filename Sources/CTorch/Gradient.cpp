// Recording and reading gradients, and in-place changes of parameters.
#include <c10/core/GradMode.h>

#include "Handle.hpp"

using namespace ctorch;

bool ctorch_require_gradient(ctorch_tensor *x, bool required, ctorch_error error) {
  return effect(error, [&] { x->value.set_requires_grad(required); });
}

bool ctorch_backward(const ctorch_tensor *scalar, ctorch_error error) {
  return effect(error, [&] { scalar->value.backward(); });
}

ctorch_tensor *ctorch_gradient(const ctorch_tensor *x, ctorch_error error) {
  return tensor(error, [&] {
    const at::Tensor &gradient = x->value.grad();
    return gradient.defined() ? gradient.detach().clone() : at::zeros_like(x->value.detach());
  });
}

bool ctorch_zero_gradient(ctorch_tensor *x, ctorch_error error) {
  return effect(error, [&] { x->value.mutable_grad() = at::Tensor(); });
}

ctorch_tensor *ctorch_detach(const ctorch_tensor *x, ctorch_error error) {
  return tensor(error, [&] { return x->value.detach(); });
}

bool ctorch_record_gradients(bool on) {
  const bool before = c10::GradMode::is_enabled();
  c10::GradMode::set_enabled(on);
  return before;
}

bool ctorch_blend(ctorch_tensor *x, const ctorch_tensor *source, double weight, ctorch_error error) {
  return effect(error, [&] {
    at::NoGradGuard unrecorded;
    TORCH_CHECK(x->value.sizes() == source->value.sizes(), "a tensor of shape ", x->value.sizes(),
                " cannot take the values of one of shape ", source->value.sizes());
    if (weight == 1) {
      x->value.copy_(source->value);
    } else {
      x->value.lerp_(source->value, weight);
    }
  });
}
