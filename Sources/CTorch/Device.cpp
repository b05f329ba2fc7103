// The device on which new tensors are made.
#include <ATen/Context.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <dlfcn.h>

#include "CTorchGroup.h"
#include "Handle.hpp"

namespace ctorch {

static at::Device chosen = at::kCPU;

at::Device device() { return chosen; }

}  // namespace ctorch

using namespace ctorch;

bool ctorch_set_device(const char *name, ctorch_error error) {
  return effect(error, [&] {
    const std::string text = name;
    const auto digits = text.find_first_not_of("0123456789", 5);
    const bool numbered =
        text.size() > 5 && text.size() < 8 && text.rfind("cuda:", 0) == 0 && digits == std::string::npos;
    TORCH_CHECK(text == "cpu" || text == "cuda" || numbered,
                "the device \"", text, "\" is none; give cpu, cuda or cuda:N");
    at::Device wanted(text);
    if (wanted.is_cuda()) {
      // The library of CUDA's operations registers itself when it is loaded; nothing refers to it by name.
      if (!at::globalContext().hasCUDA()) dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL);
      TORCH_CHECK(at::globalContext().hasCUDA(), "this libtorch cannot use CUDA (no CUDA in it, or no NVIDIA driver); "
                  "install NVIDIA's driver and a libtorch for CUDA from pytorch.org, set LIBTORCH_PATH to its folder "
                  "and build again, or use the device cpu");
      const int count = c10::impl::VirtualGuardImpl(at::kCUDA).deviceCount();
      if (!wanted.has_index()) wanted = at::Device(at::kCUDA, 0);
      TORCH_CHECK(wanted.index() < count, "there is no device ", text, "; this machine has ", count, " CUDA device(s)");
    }
    chosen = wanted;
  });
}

bool ctorch_on_cuda(void) { return device().is_cuda(); }
