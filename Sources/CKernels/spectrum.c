// Kernels of the chroma chain, compiled for several instruction sets and chosen when the program is loaded.
#include "spectrum.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__) && defined(__linux__)
#define KERNEL __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define KERNEL
#endif

KERNEL void spectrum_decimate(const float *x, const float *taps, int count, int factor, float *y, int outputs) {
  for (int i = 0; i < outputs; i++) {
    const float *at = x + (long)i * factor;
    float lanes[8] = {0};  // eight sums in a fixed order: vectorised without reassociating
    for (int k = 0; k < count; k += 8)
      for (int l = 0; l < 8; l++) lanes[l] += taps[k + l] * at[k + l];
    y[i] = ((lanes[0] + lanes[4]) + (lanes[1] + lanes[5])) + ((lanes[2] + lanes[6]) + (lanes[3] + lanes[7]));
  }
}

KERNEL void spectrum_window(const float *restrict x, const float *restrict window, float *restrict y, int count) {
  for (int i = 0; i < count; i++) y[i] = x[i] * window[i];
}

// log2 by splitting off the exponent, then 2 artanh((m-1)/(m+1)) / ln 2 with m in [1/sqrt 2, sqrt 2): error below 1e-6.
static inline float log2_of(float x) {
  uint32_t bits;
  memcpy(&bits, &x, 4);
  uint32_t shifted = bits - 0x3f3504f3u;  // bits of 1/sqrt 2
  int32_t exponent = (int32_t)shifted >> 23;
  uint32_t mantissa = (shifted & 0x007fffffu) + 0x3f3504f3u;
  float m;
  memcpy(&m, &mantissa, 4);
  float t = (m - 1) / (m + 1), s = t * t;
  return (float)exponent + t * (2.885390082f + s * (0.961796694f + s * (0.577078016f + s * 0.412198583f)));
}

KERNEL void spectrum_decibels(const float *restrict z, float scale, float *restrict decibels, int count) {
  for (int i = 0; i < count; i++) {
    float power = (z[2 * i] * z[2 * i] + z[2 * i + 1] * z[2 * i + 1]) * scale + 1e-12f;
    decibels[i] = 3.010299957f * log2_of(power);
  }
}

void spectrum_resample(const float *linear, const spectrum_bin *bins, float *logarithmic, int count) {
  for (int j = 0; j < count; j++) {
    const spectrum_bin *bin = bins + j;
    const float *v = linear + bin->first;
    float value = v[0] * bin->weights[0] + v[1] * bin->weights[1] + v[2] * bin->weights[2] + v[3] * bin->weights[3];
    for (int i = bin->from; i < bin->to; i++) value = linear[i] > value ? linear[i] : value;
    logarithmic[j] = value;
  }
}

#define SORT(a, b) { float low = a < b ? a : b, high = a < b ? b : a; a = low; b = high; }

// The nineteen exchanges of Paeth (Graphics Gems, 1990) for the median of nine.
KERNEL void spectrum_median9(const float *const frames[9], float *restrict median, int count) {
  for (int i = 0; i < count; i++) {
    float a = frames[0][i], b = frames[1][i], c = frames[2][i];
    float d = frames[3][i], e = frames[4][i], f = frames[5][i];
    float g = frames[6][i], h = frames[7][i], j = frames[8][i];
    SORT(b, c) SORT(e, f) SORT(h, j) SORT(a, b) SORT(d, e) SORT(g, h) SORT(b, c) SORT(e, f) SORT(h, j)
    SORT(a, d) SORT(f, j) SORT(e, h) SORT(d, g) SORT(b, e) SORT(c, f) SORT(e, h) SORT(e, c) SORT(g, e) SORT(e, c)
    median[i] = e;
  }
}

KERNEL void spectrum_whiten(const float *x, int count, int reach, float margin, float ceiling, float floor,
                            double *sums, float *salience) {
  int padded = count + 2 * reach;
  double sum = 0;
  sums[0] = 0;
  for (int i = 0; i < padded; i++) {
    int j = i - reach;
    if (j < 0) j = -j;
    if (j >= count) j = 2 * (count - 1) - j;
    sum += x[j];
    sums[i + 1] = sum;
  }
  double share = 1.0 / (2 * reach + 1);
  for (int i = 0; i < count; i++) {
    float mean = (float)((sums[i + 2 * reach + 1] - sums[i]) * share);
    float over = x[i] - mean - margin;
    over = over < 0 ? 0 : over > ceiling ? ceiling : over;
    salience[i] = x[i] > floor ? over : 0;
  }
}

int spectrum_sanitize(const float *x, float *y, int count, double *energy) {
  int replaced = 0;
  double lanes[4] = {0};
  for (int i = 0; i < count; i++) {
    float v = x[i];
    // An ordered comparison is false for NaN; 1e6 is far above any sample and squares without overflow.
    if (!(fabsf(v) < 1e6f)) { v = 0; replaced++; }
    y[i] = v;
    lanes[i & 3] += (double)v * v;
  }
  *energy = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
  return replaced;
}
