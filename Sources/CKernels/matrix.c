// Matrix-vector kernels (LSTM step, dense layer), compiled once for every instruction set and chosen at run time.
#include "dispatch.h"
#include "neural.h"

#include <string.h>

typedef float floats4 __attribute__((ext_vector_type(4), aligned(4)));

#if defined(__aarch64__)
typedef _Float16 halves4 __attribute__((ext_vector_type(4), aligned(2)));
static inline floats4 widen_portable(const uint16_t *p) {
  return __builtin_convertvector(*(const halves4 *)p, floats4);  // one instruction (fcvtl)
}
#else
// Four halves to floats by integer arithmetic: the exponent moves from bias 15 to bias 127; a subnormal half gets the
// exponent -14 and loses its hidden one again. Exact for all finite halves.
static inline floats4 widen_portable(const uint16_t *p) {
  typedef uint32_t integers __attribute__((ext_vector_type(4), aligned(4)));
  typedef uint16_t halves __attribute__((ext_vector_type(4), aligned(2)));
  const integers half = __builtin_convertvector(*(const halves *)p, integers);
  const integers size = (half & 0x7fff) << 13, isSubnormal = (integers)(size < (1 << 23));
  integers bits = size + (112 << 23) + (isSubnormal & (1 << 23));
  const integers hiddenOne = isSubnormal & (113 << 23);
  floats4 value, surplus;
  memcpy(&value, &bits, sizeof(value));
  memcpy(&surplus, &hiddenOne, sizeof(surplus));
  value -= surplus;
  memcpy(&bits, &value, sizeof(bits));
  bits |= (half & 0x8000) << 16;
  memcpy(&value, &bits, sizeof(value));
  return value;
}
#endif

// SSE2 on x86-64, NEON on ARM.
#define LANES 4
#define SPAN 8
#define GROUP 2
#define ATTRIBUTES
#define NAME(x) x##_portable
#define WIDEN(p) widen_portable(p)
#include "matrix_body.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define LANES 8
#define SPAN 16
#define GROUP 4
#define ATTRIBUTES __attribute__((target("avx2,fma,f16c")))
#define NAME(x) x##_avx2
#define WIDEN(p) ((vector_avx2)_mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(p))))
#include "matrix_body.h"

#define LANES 16
#define SPAN 16
#define GROUP 4
#define ATTRIBUTES __attribute__((target("avx512f,avx2,fma,f16c")))
#define NAME(x) x##_avx512
#define WIDEN(p) ((vector_avx512)_mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)(p))))
#include "matrix_body.h"
#endif

void neural_dense(int instructions, int half, const void *weights, const float *bias, const float *input,
                  float *output, int inputs, int outputs) {
  DISPATCH(dense, half, weights, bias, input, output, inputs, outputs);
}

void neural_lstm(int instructions, int half, const void *weights, const float *bias, const float *input,
                 const float *hidden, float *cell, float *next, int inputs, int units) {
  DISPATCH(lstm, half, weights, bias, input, hidden, cell, next, inputs, units);
}
