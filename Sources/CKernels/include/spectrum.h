// Kernels of the chroma chain: decimation, decibels, log-frequency resampling, median, whitening.
#pragma once
#ifdef __cplusplus
extern "C" {
#endif

/// y[i] = sum over k of taps[k] * x[i * factor + k], for i in 0..<outputs. `count` is a multiple of 8.
void spectrum_decimate(const float *x, const float *taps, int count, int factor, float *y, int outputs);

/// y[i] = x[i] * window[i].
void spectrum_window(const float *x, const float *window, float *y, int count);

/// decibels[i] = 10 log10(scale * |z[i]|^2 + 1e-12), z interleaved (real, imaginary). The floor is -120 dB.
void spectrum_decibels(const float *z, float scale, float *decibels, int count);

/// One bin of a log-frequency axis over a linear spectrum in decibels: four-point cubic interpolation at its centre,
/// and the largest of the linear bins [from, to) that lie nearest to it.
typedef struct {
  int first;         // first of the four interpolated linear bins
  int from, to;      // linear bins whose nearest log-frequency bin is this one
  float weights[4];  // Catmull-Rom weights
} spectrum_bin;
void spectrum_resample(const float *linear, const spectrum_bin *bins, float *logarithmic, int count);

/// The median, bin by bin, of nine frames.
void spectrum_median9(const float *const frames[9], float *median, int count);

/// salience[i] = clamp(x[i] - mean of x over i ± reach - margin, 0, ceiling), zero where x[i] <= floor.
/// The mean reflects x at both ends. `sums` is scratch for count + 2 * reach + 1 doubles.
void spectrum_whiten(const float *x, int count, int reach, float margin, float ceiling, float floor,
                     double *sums, float *salience);

/// Sum of squares of x with non-finite values counted as zero; y is x with them replaced. Returns how many were replaced.
int spectrum_sanitize(const float *x, float *y, int count, double *energy);

#ifdef __cplusplus
}
#endif
