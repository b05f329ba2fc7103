// Dropout.
#include <ATen/CPUGeneratorImpl.h>

#include "Handle.hpp"
#include "Pointwise.hpp"

using namespace ctorch;

namespace {

/// Factors 0 and 1 / (1 - probability). Two numbers of libtorch's generator start a mixing function, so that the
/// factors follow from the generator's state, at a fraction of the time of one generated number each.
at::Tensor factors(const at::Tensor &x, double probability) {
  auto *generator = at::check_generator<at::CPUGeneratorImpl>(at::detail::getDefaultCPUGenerator());
  uint64_t seed;
  {
    std::lock_guard<std::mutex> lock(generator->mutex_);
    seed = generator->random64();
  }
  at::Tensor made = at::empty(x.sizes(), x.options().requires_grad(false).memory_format(at::MemoryFormat::Contiguous));
  dropout_factors(made.data_ptr<float>(), made.numel(), static_cast<uint32_t>(seed), static_cast<uint32_t>(seed >> 32),
                  static_cast<uint32_t>(probability * 4294967296.0), static_cast<float>(1 / (1 - probability)));
  return made;
}

}  // namespace

ctorch_tensor *ctorch_dropout(const ctorch_tensor *x, double probability, bool training, ctorch_error error) {
  return tensor(error, [&]() -> at::Tensor {
    const bool fused = x->value.device().is_cpu() && x->value.scalar_type() == at::kFloat;
    if (!fused || !training || !(probability > 0 && probability < 1)) {
      return at::dropout(x->value, probability, training);
    }
    return x->value * factors(x->value, probability);
  });
}
