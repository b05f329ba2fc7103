// AdamW and its state.
#include <ATen/core/grad_mode.h>

#include <cmath>

#include "Handle.hpp"
#include "Pointwise.hpp"

using namespace ctorch;

struct ctorch_adamw {
  struct State {
    at::Tensor parameter, mean, square;
    int64_t step = 0;
  };
  std::vector<State> states;
  double rate, beta1, beta2, epsilon, weight_decay;

  State &state(size_t index) {
    TORCH_CHECK(index < states.size(), "the optimiser has ", states.size(), " parameters, so none at ", index);
    return states[index];
  }

  /// Loshchilov and Hutter's algorithm 2 for one parameter.
  void step(State &state) {
    at::Tensor x = state.parameter.detach();
    ++state.step;
    const double decay = 1 - rate * weight_decay;
    const double scaled = rate / (1 - std::pow(beta1, state.step));
    const double correction = std::sqrt(1 - std::pow(beta2, state.step));
    const at::Tensor &gradient = state.parameter.grad();
    if (x.device().is_cpu() && x.scalar_type() == at::kFloat && x.is_contiguous()) {
      const at::Tensor g = gradient.contiguous();
      adamw_step(x.data_ptr<float>(), g.data_ptr<float>(), state.mean.data_ptr<float>(),
                 state.square.data_ptr<float>(), x.numel(), static_cast<float>(decay), static_cast<float>(scaled),
                 static_cast<float>(beta1), static_cast<float>(beta2), static_cast<float>(correction),
                 static_cast<float>(epsilon));
      return;
    }
    state.mean.mul_(beta1).add_(gradient, 1 - beta1);
    state.square.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
    x.mul_(decay).addcdiv_(state.mean, state.square.sqrt().div_(correction).add_(epsilon), -scaled);
  }
};

ctorch_adamw *ctorch_adamw_make(ctorch_tensor *const *parameters, size_t count, double rate, double beta1, double beta2,
                                double epsilon, double weight_decay, ctorch_error error) {
  return guarded<ctorch_adamw *>(error, nullptr, [&] {
    std::vector<ctorch_adamw::State> states;
    for (size_t i = 0; i < count; ++i) {
      const at::Tensor &x = parameters[i]->value;
      const auto zeros = [&] { return at::zeros(x.sizes(), x.options().requires_grad(false)); };
      states.push_back({x, zeros(), zeros()});
    }
    TORCH_CHECK(rate >= 0 && epsilon >= 0 && weight_decay >= 0 && beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1,
                "rate ", rate, ", betas ", beta1, " and ", beta2, ", epsilon ", epsilon, " and weight decay ",
                weight_decay, " are not all within their bounds");
    return new ctorch_adamw{std::move(states), rate, beta1, beta2, epsilon, weight_decay};
  });
}

void ctorch_adamw_free(ctorch_adamw *optimizer) { delete optimizer; }

bool ctorch_adamw_set(ctorch_adamw *optimizer, double rate, double weight_decay, ctorch_error) {
  optimizer->rate = rate;
  optimizer->weight_decay = weight_decay;
  return true;
}

bool ctorch_adamw_step(ctorch_adamw *optimizer, ctorch_error error) {
  return effect(error, [&] {
    at::NoGradGuard unrecorded;
    for (auto &state : optimizer->states) {
      if (state.parameter.grad().defined()) optimizer->step(state);
    }
  });
}

bool ctorch_adamw_get_state(const ctorch_adamw *optimizer, size_t index, int64_t *step, ctorch_tensor **mean,
                            ctorch_tensor **square, ctorch_error error) {
  return effect(error, [&] {
    const auto &state = const_cast<ctorch_adamw *>(optimizer)->state(index);
    *step = state.step;
    *mean = new ctorch_tensor{state.mean.clone()};
    *square = new ctorch_tensor{state.square.clone()};
  });
}

bool ctorch_adamw_set_state(ctorch_adamw *optimizer, size_t index, int64_t step, const ctorch_tensor *mean,
                            const ctorch_tensor *square, ctorch_error error) {
  return effect(error, [&] {
    auto &state = optimizer->state(index);
    const auto shape = state.parameter.sizes();
    TORCH_CHECK(mean->value.sizes() == shape && square->value.sizes() == shape,
                "the optimiser's state of parameter ", index, " has shape ", mean->value.sizes(), ", not ", shape);
    at::NoGradGuard unrecorded;
    state.step = step;
    state.mean.copy_(mean->value);
    state.square.copy_(square->value);
  });
}
