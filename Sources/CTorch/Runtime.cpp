// Process-wide state: random numbers, threads, version.
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <dlfcn.h>
#include <malloc.h>
#include <torch/version.h>

#include "Handle.hpp"

using namespace ctorch;

bool ctorch_seed(uint64_t seed, ctorch_error error) {
  return effect(error, [&] { at::manual_seed(seed); });
}

ctorch_tensor *ctorch_random_state(ctorch_error error) {
  return tensor(error, [&] {
    const at::Tensor state = at::detail::getDefaultCPUGenerator().get_state();
    if (!device().is_cuda()) return state;
    return at::cat({state, at::globalContext().defaultGenerator(device()).get_state().cpu()});
  });
}

bool ctorch_set_random_state(const ctorch_tensor *bytes, ctorch_error error) {
  return effect(error, [&] {
    const auto set = [](at::Generator generator, const at::Tensor &state) {
      std::lock_guard<std::mutex> lock(generator.mutex());
      generator.set_state(state);
    };
    at::Generator generator = at::detail::getDefaultCPUGenerator();
    const at::Tensor all = bytes->value.cpu().contiguous();
    const int64_t own = generator.get_state().numel();
    set(generator, all.slice(0, 0, own).clone());
    // A state that was taken on the CPU holds none of CUDA's.
    if (device().is_cuda() && all.numel() > own) {
      set(at::globalContext().defaultGenerator(device()), all.slice(0, own).clone());
    }
  });
}

bool ctorch_set_threads(int threads, ctorch_error error) {
  return effect(error, [&] {
    TORCH_CHECK(threads > 0, "the number of threads must be at least 1, not ", threads);
    at::set_num_threads(threads);
    // OpenBLAS has threads of its own, which libtorch does not know of; other BLAS libraries have no such function.
    using Setter = void (*)(int);
    if (const auto set = reinterpret_cast<Setter>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))) set(threads);
  });
}

void ctorch_tune(void) {
  // A step frees as much as the next one needs: by default each large array goes back to the system, which clears its
  // pages again for the next one.
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  // Numbers below 1e-38 take a hundred times as long to multiply.
  at::globalContext().setFlushDenormal(true);
}

const char *ctorch_version(void) { return TORCH_VERSION; }
