// Views, joins and selections.
#include "Handle.hpp"

using namespace ctorch;

ctorch_tensor *ctorch_reshape(const ctorch_tensor *x, const int64_t *shape, size_t rank, ctorch_error error) {
  return tensor(error, [&] { return x->value.reshape(sizes(shape, rank)); });
}

ctorch_tensor *ctorch_expand(const ctorch_tensor *x, const int64_t *shape, size_t rank, ctorch_error error) {
  return tensor(error, [&] { return x->value.expand(sizes(shape, rank)); });
}

ctorch_tensor *ctorch_permute(const ctorch_tensor *x, const int64_t *order, size_t rank, ctorch_error error) {
  return tensor(error, [&] { return x->value.permute(sizes(order, rank)); });
}

ctorch_tensor *ctorch_cat(const ctorch_tensor *const *parts, size_t count, int64_t dimension, ctorch_error error) {
  return tensor(error, [&] {
    std::vector<at::Tensor> values;
    for (size_t i = 0; i < count; ++i) values.push_back(parts[i]->value);
    return at::cat(values, dimension);
  });
}

ctorch_tensor *ctorch_slice(const ctorch_tensor *x, int64_t dimension, int64_t start, int64_t end, int64_t step,
                            ctorch_error error) {
  return tensor(error, [&] { return x->value.slice(dimension, start, end, step); });
}

ctorch_tensor *ctorch_index_select(const ctorch_tensor *x, int64_t dimension, const ctorch_tensor *index,
                                   ctorch_error error) {
  return tensor(error, [&] { return x->value.index_select(dimension, index->value); });
}

ctorch_tensor *ctorch_gather(const ctorch_tensor *x, int64_t dimension, const ctorch_tensor *index,
                             ctorch_error error) {
  return tensor(error, [&] { return x->value.gather(dimension, index->value); });
}

ctorch_tensor *ctorch_flip(const ctorch_tensor *x, int64_t dimension, ctorch_error error) {
  return tensor(error, [&] { return x->value.flip({dimension}); });
}
