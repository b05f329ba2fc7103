// Kernels of the neural layers, compiled once for every instruction set and chosen at run time.
#include "dispatch.h"
#include "neural.h"

#include <math.h>
#include <string.h>

#define PITCH_CLASSES 12
#define DOUBLED 24

// One body for all instruction sets: VECTOR is a vector of LANES floats. Twelve accumulators (one a pitch class) and
// one vector of weights fill 13 registers, which all of them have; every weight is read once and used twelve times.
#define DEFINE_KERNELS(SUFFIX, LANES, ATTRIBUTES)                                                                      \
  typedef float vector_##SUFFIX __attribute__((ext_vector_type(LANES), aligned(4)));                                   \
                                                                                                                       \
  ATTRIBUTES static void circular_##SUFFIX(const float *weights, const float *bias, const float *input, float *output, \
                                           int inputs, int outputs, int taps, int rectify) {                           \
    typedef vector_##SUFFIX vector;                                                                                    \
    for (int base = 0; base < outputs; base += LANES) {                                                                \
      const size_t panel = (size_t)(base / NEURAL_PANEL) * inputs * taps * NEURAL_PANEL;                               \
      const float *w = weights + panel + base % NEURAL_PANEL;                                                          \
      vector sums[PITCH_CLASSES];                                                                                      \
      _Pragma("unroll") for (int p = 0; p < PITCH_CLASSES; p++) sums[p] = *(const vector *)(bias + base);              \
      for (int i = 0; i < inputs; i++) {                                                                               \
        const float *x = input + (size_t)i * DOUBLED;                                                                  \
        for (int d = 0; d < taps; d++, x++, w += NEURAL_PANEL) {                                                       \
          const vector weight = *(const vector *)w;                                                                    \
          _Pragma("unroll") for (int p = 0; p < PITCH_CLASSES; p++) sums[p] += weight * x[p];                          \
        }                                                                                                              \
      }                                                                                                                \
      const int lanes = outputs - base < LANES ? outputs - base : LANES;                                               \
      float columns[PITCH_CLASSES][LANES];                                                                             \
      _Pragma("unroll") for (int p = 0; p < PITCH_CLASSES; p++) *(vector *)columns[p] = sums[p];                       \
      for (int o = 0; o < lanes; o++) {                                                                                \
        float *y = output + (size_t)(base + o) * DOUBLED;                                                              \
        for (int p = 0; p < PITCH_CLASSES; p++) {                                                                      \
          const float sum = columns[p][o];                                                                             \
          y[p] = y[p + PITCH_CLASSES] = rectify && sum < 0 ? 0 : sum;                                                  \
        }                                                                                                              \
      }                                                                                                                \
    }                                                                                                                  \
  }                                                                                                                    \
                                                                                                                       \
  ATTRIBUTES static void moments_##SUFFIX(const float *ring, int capacity, int width, int first, int count,            \
                                          float floor, float *mean, float *deviation) {                                \
    typedef vector_##SUFFIX vector;                                                                                    \
    const float share = 1.0f / (float)count;                                                                           \
    /* Four vectors at a time hide the latency of the additions. */                                                    \
    for (int base = 0; base < width; base += 4 * LANES) {                                                              \
      const int vectors = (width - base) / LANES < 4 ? (width - base) / LANES : 4;                                     \
      vector sums[4] = {0}, squares[4] = {0};                                                                          \
      for (int step = 0, row = first; step < count; step++, row = row + 1 == capacity ? 0 : row + 1) {                 \
        const float *x = ring + (size_t)row * width + base;                                                            \
        _Pragma("unroll") for (int v = 0; v < 4; v++) if (v < vectors) sums[v] += *(const vector *)(x + v * LANES);    \
      }                                                                                                                \
      _Pragma("unroll") for (int v = 0; v < 4; v++) {                                                                  \
        sums[v] *= share;                                                                                              \
        if (v < vectors) *(vector *)(mean + base + v * LANES) = sums[v];                                               \
      }                                                                                                                \
      if (!deviation) continue;                                                                                        \
      for (int step = 0, row = first; step < count; step++, row = row + 1 == capacity ? 0 : row + 1) {                 \
        const float *x = ring + (size_t)row * width + base;                                                            \
        _Pragma("unroll") for (int v = 0; v < 4; v++) if (v < vectors) {                                               \
          const vector distance = *(const vector *)(x + v * LANES) - sums[v];                                          \
          squares[v] += distance * distance;                                                                           \
        }                                                                                                              \
      }                                                                                                                \
      for (int v = 0; v < vectors; v++)                                                                                \
        for (int lane = 0; lane < LANES; lane++)                                                                       \
          deviation[base + v * LANES + lane] = sqrtf(squares[v][lane] * share + floor);                                \
    }                                                                                                                  \
  }

DEFINE_KERNELS(portable, 4, )

#if defined(__x86_64__)
DEFINE_KERNELS(avx2, 8, __attribute__((target("avx2,fma"))))
DEFINE_KERNELS(avx512, 16, __attribute__((target("avx512f,avx2,fma"))))
#endif

int neural_best_instructions(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma") || !__builtin_cpu_supports("f16c"))
    return NEURAL_PORTABLE;
  return __builtin_cpu_supports("avx512f") ? NEURAL_AVX512 : NEURAL_AVX2;
#else
  return NEURAL_PORTABLE;
#endif
}

void neural_circular(int instructions, const float *weights, const float *bias, const float *input, float *output,
                     int inputs, int outputs, int taps, int rectify) {
  DISPATCH(circular, weights, bias, input, output, inputs, outputs, taps, rectify);
}

void neural_moments(int instructions, const float *ring, int capacity, int width, int first, int count, float floor,
                    float *mean, float *deviation) {
  DISPATCH(moments, ring, capacity, width, first, count, floor, mean, deviation);
}

uint32_t neural_crc32(uint32_t crc, const void *bytes, size_t count) {
  // Half a byte at a time: a small table, and fast enough for a model of a few hundred kilobytes.
  static const uint32_t table[16] = {
      0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
      0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b2cc, 0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
  };
  const uint8_t *next = bytes;
  crc = ~crc;
  for (; count > 0; count--) {
    crc ^= *next++;
    crc = (crc >> 4) ^ table[crc & 15];
    crc = (crc >> 4) ^ table[crc & 15];
  }
  return ~crc;
}
