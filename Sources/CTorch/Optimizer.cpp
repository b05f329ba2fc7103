// AdamW and its state.
#include <torch/optim/adamw.h>

#include "Handle.hpp"

using namespace ctorch;

struct ctorch_adamw {
  std::vector<at::Tensor> parameters;
  torch::optim::AdamW value;

  /// The state of parameter `index`, made when there is none yet.
  torch::optim::AdamWParamState &state(size_t index) {
    TORCH_CHECK(index < parameters.size(), "the optimiser has ", parameters.size(), " parameters, so none at ", index);
#if TORCH_VERSION_MAJOR >= 2
    void *key = parameters[index].unsafeGetTensorImpl();
#else
    const auto key = c10::guts::to_string(parameters[index].unsafeGetTensorImpl());
#endif
    auto &slot = value.state()[key];
    if (!slot) {
      auto made = std::make_unique<torch::optim::AdamWParamState>();
      made->step(0);
      made->exp_avg(at::zeros_like(parameters[index].detach()));
      made->exp_avg_sq(at::zeros_like(parameters[index].detach()));
      slot = std::move(made);
    }
    return static_cast<torch::optim::AdamWParamState &>(*slot);
  }
};

ctorch_adamw *ctorch_adamw_make(ctorch_tensor *const *parameters, size_t count, double rate, double beta1, double beta2,
                                double epsilon, double weight_decay, ctorch_error error) {
  return guarded<ctorch_adamw *>(error, nullptr, [&] {
    std::vector<at::Tensor> values;
    for (size_t i = 0; i < count; ++i) values.push_back(parameters[i]->value);
    auto options = torch::optim::AdamWOptions(rate).betas({beta1, beta2}).eps(epsilon).weight_decay(weight_decay);
    return new ctorch_adamw{values, torch::optim::AdamW(values, options)};
  });
}

void ctorch_adamw_free(ctorch_adamw *optimizer) { delete optimizer; }

bool ctorch_adamw_set(ctorch_adamw *optimizer, double rate, double weight_decay, ctorch_error error) {
  return effect(error, [&] {
    for (auto &group : optimizer->value.param_groups()) {
      static_cast<torch::optim::AdamWOptions &>(group.options()).lr(rate).weight_decay(weight_decay);
    }
  });
}

bool ctorch_adamw_step(ctorch_adamw *optimizer, ctorch_error error) {
  return effect(error, [&] { optimizer->value.step(); });
}

bool ctorch_adamw_get_state(const ctorch_adamw *optimizer, size_t index, int64_t *step, ctorch_tensor **mean,
                            ctorch_tensor **square, ctorch_error error) {
  return effect(error, [&] {
    // Reading makes the empty state of a parameter that has not stepped, which changes nothing that can be observed.
    auto &state = const_cast<ctorch_adamw *>(optimizer)->state(index);
    *step = state.step();
    *mean = new ctorch_tensor{state.exp_avg().clone()};
    *square = new ctorch_tensor{state.exp_avg_sq().clone()};
  });
}

bool ctorch_adamw_set_state(ctorch_adamw *optimizer, size_t index, int64_t step, const ctorch_tensor *mean,
                            const ctorch_tensor *square, ctorch_error error) {
  return effect(error, [&] {
    auto &state = optimizer->state(index);
    const auto shape = optimizer->parameters[index].sizes();
    TORCH_CHECK(mean->value.sizes() == shape && square->value.sizes() == shape,
                "the optimiser's state of parameter ", index, " has shape ", mean->value.sizes(), ", not ", shape);
    state.step(step);
    state.exp_avg(mean->value.detach().clone());
    state.exp_avg_sq(square->value.detach().clone());
  });
}
