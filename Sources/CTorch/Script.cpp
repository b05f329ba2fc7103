// TorchScript modules, which Python's torch.jit.load runs without our code.
#include <torch/csrc/jit/api/module.h>

#include <fstream>

#include "CTorchScript.h"
#include "Handle.hpp"

using namespace ctorch;

bool ctorch_script_save(const char *path, const char *name, const char *const *names,
                        const ctorch_tensor *const *tensors, size_t count, size_t trained, const char *source,
                        const char *metadata, ctorch_error error) {
  return effect(error, [&] {
    torch::jit::Module module(name);
    for (size_t i = 0; i < count; ++i) {
      const at::Tensor copy = tensors[i]->value.detach().clone();
      if (i < trained) {
        module.register_parameter(names[i], copy.requires_grad_(copy.is_floating_point()), false);
      } else {
        module.register_buffer(names[i], copy);
      }
    }
    module.define(source);
    module.eval();
    // Through a stream of our own: the writer of libtorch reports a full disk only when it is destroyed.
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    TORCH_CHECK(file.good(), "the file cannot be created");
    module.save(file, {{"metadata.json", metadata}});
    file.close();
    TORCH_CHECK(file.good(), "the file cannot be written (no space, no permission, or no such folder)");
  });
}
