// What the handles hold, and the guard that turns C++ exceptions into sentences.
#pragma once

#include <ATen/ATen.h>

#include <cstring>
#include <exception>
#include <string>
#include <utility>

#include "CTorch.h"

struct ctorch_tensor {
  at::Tensor value;
};

namespace ctorch {

inline void report(ctorch_error error, std::string text) {
  // libtorch appends a C++ backtrace after its sentence; only the sentence helps a reader.
  for (const char *mark : {"\nException raised from", "\nSearched for", "\n\n"}) {
    const auto at = text.find(mark);
    if (at != std::string::npos) text.resize(at);
  }
  *error = strdup(text.c_str());
}

/// Runs `body`, which returns a `Result`; a C++ exception becomes `failure` and a sentence in *error.
template <typename Result, typename Body>
Result guarded(ctorch_error error, Result failure, Body &&body) {
  try {
    return body();
  } catch (const c10::Error &e) {
    report(error, e.what_without_backtrace());
  } catch (const std::exception &e) {
    report(error, e.what());
  } catch (...) {
    report(error, "libtorch failed for a reason that it did not name");
  }
  return failure;
}

/// Runs `body`, which returns a tensor, and wraps it in a new handle.
template <typename Body>
ctorch_tensor *tensor(ctorch_error error, Body &&body) {
  return guarded<ctorch_tensor *>(error, nullptr, [&] { return new ctorch_tensor{body()}; });
}

/// Runs `body` for its effect.
template <typename Body>
bool effect(ctorch_error error, Body &&body) {
  return guarded<bool>(error, false, [&] {
    body();
    return true;
  });
}

/// Where new tensors are made (Device.cpp).
at::Device device();

inline at::IntArrayRef sizes(const int64_t *values, size_t count) { return {values, count}; }

inline at::ScalarType scalar(ctorch_type type) {
  switch (type) {
    case CTORCH_FLOAT: return at::kFloat;
    case CTORCH_DOUBLE: return at::kDouble;
    case CTORCH_HALF: return at::kHalf;
    case CTORCH_INT64: return at::kLong;
    case CTORCH_INT32: return at::kInt;
    case CTORCH_BYTE: return at::kByte;
    case CTORCH_OTHER: break;
  }
  throw std::invalid_argument("a tensor of this element type cannot be made from here");
}

}  // namespace ctorch
