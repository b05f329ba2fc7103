// The bare short-time power spectrum: window, real FFT, squared magnitude; prints processor seconds.
//   fft SIZE HOP SAMPLES
#include <fftw3.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  const long size = atol(argv[1]), hop = atol(argv[2]), samples = atol(argv[3]);
  if (size < 2 || hop < 1 || samples < size) return 2;
  float *sound = fftwf_malloc(samples * sizeof(float)), *window = fftwf_malloc(size * sizeof(float));
  float *in = fftwf_malloc(size * sizeof(float)), *power = fftwf_malloc((size / 2 + 1) * sizeof(float));
  fftwf_complex *out = fftwf_malloc((size / 2 + 1) * sizeof(fftwf_complex));
  fftwf_plan plan = fftwf_plan_dft_r2c_1d((int)size, in, out, FFTW_MEASURE);
  for (long i = 0; i < samples; i++) sound[i] = (float)rand() / RAND_MAX - 0.5f;
  for (long i = 0; i < size; i++) window[i] = 0.5f - 0.5f * cosf(2 * (float)M_PI * i / size);
  double sum = 0, start = now();
  for (long at = 0; at + size <= samples; at += hop) {
    for (long i = 0; i < size; i++) in[i] = sound[at + i] * window[i];
    fftwf_execute(plan);
    for (long i = 0; i <= size / 2; i++) power[i] = out[i][0] * out[i][0] + out[i][1] * out[i][1];
    sum += power[size / 8];
  }
  printf("%.6f %g\n", now() - start, sum);
  return 0;
}
