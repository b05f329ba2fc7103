// Calls the variant of a kernel for the instructions that were chosen at run time: NAME_avx512, NAME_avx2, NAME_portable.
#pragma once

#include "neural.h"

#if defined(__x86_64__)
#define DISPATCH(NAME, ...)                                                                                            \
  switch (instructions) {                                                                                              \
  case NEURAL_AVX512: NAME##_avx512(__VA_ARGS__); break;                                                               \
  case NEURAL_AVX2: NAME##_avx2(__VA_ARGS__); break;                                                                   \
  default: NAME##_portable(__VA_ARGS__);                                                                               \
  }
#else
#define DISPATCH(NAME, ...)                                                                                            \
  (void)instructions;                                                                                                  \
  NAME##_portable(__VA_ARGS__)
#endif
