// Loops over floats of the CPU that do in one pass what libtorch does in many.
//
// Each is compiled for the vector units of several processors, of which the best is chosen when the program starts.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

#if defined(__x86_64__)
#define CTORCH_VECTORIZED __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CTORCH_VECTORIZED
#endif

namespace ctorch {

/// exp(x) to about a unit in the last place, by the range reduction and the polynomial of Cephes' expf.
__attribute__((always_inline)) inline float exponential(float x) {
  x = x < -87.0f ? -87.0f : x > 88.0f ? 88.0f : x;
  // Adding 1.5 · 2^23 rounds to the nearest integer, without a function call that would stop vectorisation.
  const float shifted = x * 1.44269504f + 12582912.0f;
  const float n = shifted - 12582912.0f;
  const float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1;
  int32_t bits;
  std::memcpy(&bits, &shifted, sizeof bits);
  bits = static_cast<int32_t>(static_cast<uint32_t>(bits + 127) << 23);
  float power;
  std::memcpy(&power, &bits, sizeof power);
  return p * power;
}

__attribute__((always_inline)) inline float logistic(float x) { return 1 / (1 + exponential(-x)); }
__attribute__((always_inline)) inline float tangent(float x) { return 1 - 2 / (1 + exponential(2 * x)); }

/// One step of an LSTM forward: squashes the gates [batch, 4 hidden] in place and writes the step's cells, their tanh
/// and its outputs, [batch, hidden] each.
CTORCH_VECTORIZED
inline void lstm_step(float *__restrict gates, const float *__restrict before, float *__restrict cell,
                      float *__restrict squashed, float *__restrict y, int64_t batch, int64_t hidden) {
  for (int64_t b = 0; b < batch; ++b) {
    float *__restrict i = gates + 4 * hidden * b, *__restrict f = i + hidden;
    float *__restrict g = f + hidden, *__restrict o = g + hidden;
    const int64_t row = hidden * b;
    // The four gates of a row lie between those of its neighbours, which the compiler takes for an overlap.
#pragma clang loop vectorize(assume_safety)
    for (int64_t j = 0; j < hidden; ++j) {
      i[j] = logistic(i[j]);
      f[j] = logistic(f[j]);
      g[j] = tangent(g[j]);
      o[j] = logistic(o[j]);
      const float c = f[j] * before[row + j] + i[j] * g[j];
      const float s = tangent(c);
      cell[row + j] = c;
      squashed[row + j] = s;
      y[row + j] = o[j] * s;
    }
  }
}

/// One step back: reads the gradients of the step's outputs, `dy` and `dh` (which counts `kept` times a row), writes
/// those of its gates and, into `dc`, that of the cells before it.
CTORCH_VECTORIZED
inline void lstm_step_back(const float *__restrict gates, const float *__restrict before,
                           const float *__restrict squashed, const float *__restrict dy, const float *__restrict dh,
                           const float *__restrict kept, const float *__restrict keep, float *__restrict dc,
                           float *__restrict dgates, int64_t batch, int64_t hidden) {
  for (int64_t b = 0; b < batch; ++b) {
    const float *__restrict i = gates + 4 * hidden * b, *__restrict f = i + hidden;
    const float *__restrict g = f + hidden, *__restrict o = g + hidden;
    float *__restrict di = dgates + 4 * hidden * b, *__restrict df = di + hidden;
    float *__restrict dg = df + hidden, *__restrict d_o = dg + hidden;
    const int64_t row = hidden * b;
    const float later = kept ? kept[b] : 1, earlier = keep[b];
    for (int64_t j = 0; j < hidden; ++j) {
      const float s = squashed[row + j];
      const float d = dy[row + j] + later * dh[row + j];
      const float e = dc[row + j] + d * o[j] * (1 - s * s);
      di[j] = e * g[j] * i[j] * (1 - i[j]);
      df[j] = e * before[row + j] * f[j] * (1 - f[j]);
      dg[j] = e * i[j] * (1 - g[j] * g[j]);
      d_o[j] = d * s * o[j] * (1 - o[j]);
      dc[row + j] = e * f[j] * earlier;
    }
  }
}

/// Rows of `x` times a factor each, where `x` may be `y`.
CTORCH_VECTORIZED
inline void scale_rows(const float *x, const float *__restrict factor, float *y, int64_t rows, int64_t width) {
  for (int64_t r = 0; r < rows; ++r) {
    for (int64_t j = 0; j < width; ++j) y[r * width + j] = factor[r] * x[r * width + j];
  }
}

/// One step of AdamW: `decay` = 1 - rate · weight decay, `rate` over the first bias correction, `correction` = the
/// root of the second.
CTORCH_VECTORIZED
inline void adamw_step(float *__restrict x, const float *__restrict gradient, float *__restrict mean,
                       float *__restrict square, int64_t count, float decay, float rate, float beta1, float beta2,
                       float correction, float epsilon) {
  for (int64_t k = 0; k < count; ++k) {
    const float g = gradient[k];
    mean[k] = beta1 * mean[k] + (1 - beta1) * g;
    square[k] = beta2 * square[k] + (1 - beta2) * g * g;
    x[k] = decay * x[k] - rate * mean[k] / (__builtin_sqrtf(square[k]) / correction + epsilon);
  }
}

/// Factors of a dropout: 0 where a number that follows from `seed` and the place is below `threshold`, else `scale`.
CTORCH_VECTORIZED
inline void dropout_factors(float *__restrict factors, int64_t count, uint32_t seed, uint32_t salt, uint32_t threshold,
                            float scale) {
  for (int64_t k = 0; k < count; ++k) {
    // Two rounds of a mixing function with little bias (Ettinger 2018, "lowbias32").
    uint32_t h = static_cast<uint32_t>(k) * 0x9e3779b9u + seed;
    h ^= h >> 16;
    h *= 0x7feb352du;
    h ^= h >> 15;
    h *= 0x846ca68bu;
    h ^= (h >> 16) + salt;
    h *= 0x7feb352du;
    h ^= h >> 15;
    h *= 0x846ca68bu;
    h ^= h >> 16;
    factors[k] = h < threshold ? 0 : scale;
  }
}

}  // namespace ctorch
