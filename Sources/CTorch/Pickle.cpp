// Dictionaries of tensors in the format of Python's torch.save and torch.load.
#include <caffe2/serialize/inline_container.h>
#include <torch/csrc/jit/serialization/pickle.h>
#include <torch/csrc/jit/serialization/pickler.h>

#include <fstream>
#include <iterator>

#include "Handle.hpp"

using namespace ctorch;

namespace {

/// The bytes of an archive as torch.save writes it. Unlike torch::jit::pickle_save it tags no types: torch.load reads
/// the tags only when it is told to trust the file (weights_only=False).
std::string archive(const c10::IValue &dictionary) {
  std::string pickle;
  torch::jit::Pickler pickler([&](const char *bytes, size_t count) { pickle.append(bytes, count); }, nullptr, nullptr,
                              nullptr, nullptr, /* tag_aggregates */ false);
  pickler.protocol();
  pickler.pushIValue(dictionary);
  pickler.stop();

  std::string result;
  caffe2::serialize::PyTorchStreamWriter writer([&](const void *bytes, size_t count) {
    result.append(static_cast<const char *>(bytes), count);
    return count;
  });
  size_t number = 0;
  for (const at::Tensor &tensor : pickler.tensorData()) {
    const auto data = torch::jit::getWriteableTensorData(tensor);
    writer.writeRecord("data/" + std::to_string(number++), data.data(), data.sizeInBytes());
  }
  writer.writeRecord("data.pkl", pickle.data(), pickle.size());
  writer.writeEndOfFile();
  return result;
}

}  // namespace

bool ctorch_save(const char *path, const char *const *names, const ctorch_tensor *const *tensors, size_t count,
                 ctorch_error error) {
  return effect(error, [&] {
    c10::Dict<std::string, at::Tensor> dictionary;
    for (size_t i = 0; i < count; ++i) dictionary.insert(names[i], tensors[i]->value.detach().cpu().contiguous());
    const std::string bytes = archive(dictionary);
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    TORCH_CHECK(file.good(), "the file cannot be written (no space, no permission, or no such folder)");
  });
}

bool ctorch_load(const char *path, ctorch_visit visit, void *context, ctorch_error error) {
  return effect(error, [&] {
    std::ifstream file(path, std::ios::binary);
    TORCH_CHECK(file.good(), "the file cannot be opened");
    const std::vector<char> bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    TORCH_CHECK(!bytes.empty(), "the file is empty");
    const c10::IValue value = torch::jit::pickle_load(bytes);
    TORCH_CHECK(value.isGenericDict(), "the file holds no dictionary of tensors");
    for (const auto &entry : value.toGenericDict()) {
      TORCH_CHECK(entry.key().isString() && entry.value().isTensor(), "it holds something else than named tensors");
      visit(context, entry.key().toStringRef().c_str(), new ctorch_tensor{entry.value().toTensor().clone().to(device())});
    }
  });
}
