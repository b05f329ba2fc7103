// Making tensors, their properties, and copying their values out.
#include "Handle.hpp"

using namespace ctorch;

void ctorch_free_text(char *text) { free(text); }

ctorch_tensor *ctorch_from_data(const void *data, ctorch_type type, const int64_t *shape, size_t rank,
                                ctorch_error error) {
  return tensor(error, [&] {
    at::Tensor made = at::empty(sizes(shape, rank), at::TensorOptions().dtype(scalar(type)));
    if (made.numel() > 0) std::memcpy(made.data_ptr(), data, made.nbytes());
    return made.to(device());
  });
}

ctorch_tensor *ctorch_normal(const int64_t *shape, size_t rank, double deviation, ctorch_error error) {
  return tensor(error, [&] {
    return at::randn(sizes(shape, rank), at::TensorOptions().dtype(at::kFloat).device(device())).mul_(deviation);
  });
}

ctorch_tensor *ctorch_uniform(const int64_t *shape, size_t rank, double low, double high, ctorch_error error) {
  return tensor(error, [&] {
    return at::rand(sizes(shape, rank), at::TensorOptions().dtype(at::kFloat).device(device())).mul_(high - low).add_(low);
  });
}

void ctorch_free(ctorch_tensor *tensor) { delete tensor; }
size_t ctorch_rank(const ctorch_tensor *tensor) { return static_cast<size_t>(tensor->value.dim()); }
int64_t ctorch_size(const ctorch_tensor *tensor, size_t dimension) {
  const bool exists = dimension < static_cast<size_t>(tensor->value.dim());
  return exists ? tensor->value.size(static_cast<int64_t>(dimension)) : 0;
}
int64_t ctorch_count(const ctorch_tensor *tensor) { return tensor->value.numel(); }

bool ctorch_copy_out(const ctorch_tensor *tensor, ctorch_type type, void *values, int64_t count, ctorch_error error) {
  return effect(error, [&] {
    const at::Tensor source = tensor->value.detach().to(scalar(type)).cpu().contiguous();
    TORCH_CHECK(source.numel() == count, "the tensor has ", source.numel(), " elements, not ", count);
    if (count > 0) std::memcpy(values, source.data_ptr(), source.nbytes());
  });
}

ctorch_tensor *ctorch_cast(const ctorch_tensor *x, ctorch_type type, ctorch_error error) {
  return tensor(error, [&] { return x->value.to(scalar(type)); });
}
