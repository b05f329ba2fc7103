// Process-wide state: random numbers, threads, version.
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <dlfcn.h>
#include <torch/version.h>

#include "Handle.hpp"

using namespace ctorch;

bool ctorch_seed(uint64_t seed, ctorch_error error) {
  return effect(error, [&] { at::manual_seed(seed); });
}

ctorch_tensor *ctorch_random_state(ctorch_error error) {
  return tensor(error, [&] { return at::detail::getDefaultCPUGenerator().get_state(); });
}

bool ctorch_set_random_state(const ctorch_tensor *bytes, ctorch_error error) {
  return effect(error, [&] {
    at::Generator generator = at::detail::getDefaultCPUGenerator();
    std::lock_guard<std::mutex> lock(generator.mutex());
    generator.set_state(bytes->value);
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

const char *ctorch_version(void) { return TORCH_VERSION; }
