// One step of LSTM layers and a dense layer by OpenBLAS's sgemv, and the mere reading of its weights; prints median
// microseconds and the first output.
//   lstm-peers FILE INPUTS UNITS LAYERS OUTPUTS
// FILE: 32-bit floats: for each layer W_ih, W_hh (gates i, f, g, o) and bias, then the dense weights and bias, the
// input.
#include <cblas-openblas.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { WARM = 2001, COLD = 61, SWEPT = 96 << 20, MOST_LAYERS = 8 };

static int inputs, units, layers, outputs;
static float *weights, *x, *gates, *y, *h[MOST_LAYERS], *c[MOST_LAYERS];

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return 1e6 * t.tv_sec + 1e-3 * t.tv_nsec;
}

static float sigmoid(float z) { return 1 / (1 + expf(-z)); }

static void step(void) {
  const float *w = weights, *in = x;
  for (int l = 0; l < layers; l++) {
    const int width = l == 0 ? inputs : units;
    const float *hidden = w + (size_t)4 * units * width, *bias = hidden + (size_t)4 * units * units;
    memcpy(gates, bias, (size_t)4 * units * sizeof(float));
    cblas_sgemv(CblasRowMajor, CblasNoTrans, 4 * units, width, 1, w, width, in, 1, 1, gates, 1);
    cblas_sgemv(CblasRowMajor, CblasNoTrans, 4 * units, units, 1, hidden, units, h[l], 1, 1, gates, 1);
    for (int u = 0; u < units; u++) {
      c[l][u] = sigmoid(gates[units + u]) * c[l][u] + sigmoid(gates[u]) * tanhf(gates[2 * units + u]);
      h[l][u] = sigmoid(gates[3 * units + u]) * tanhf(c[l][u]);
    }
    w = bias + 4 * units;
    in = h[l];
  }
  memcpy(y, w + (size_t)outputs * units, (size_t)outputs * sizeof(float));
  cblas_sgemv(CblasRowMajor, CblasNoTrans, outputs, units, 1, w, units, in, 1, 1, y, 1);
}

// Reads every weight once and does nothing with it that would take time: what memory and caches allow at best.
static size_t count;
static volatile float sum;
static void stream(void) {
  typedef float vector __attribute__((vector_size(64)));
  vector sums[4] = {{0}};
  for (size_t i = 0; i + 64 <= count; i += 64)
    for (int k = 0; k < 4; k++) sums[k] += *(const vector *)(weights + i + 16 * k);
  sum = (sums[0] + sums[1] + sums[2] + sums[3])[0];
}

static int compare(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(void (*body)(void), int calls, char *sweep) {
  static double times[WARM];
  for (int k = 0; k < calls; k++) {
    if (sweep) memset(sweep, k, SWEPT);
    const double start = now();
    body();
    times[k] = now() - start;
  }
  qsort(times, calls, sizeof(double), compare);
  return times[calls / 2];
}

int main(int argc, char **argv) {
  if (argc != 6) return 2;
  inputs = atoi(argv[2]), units = atoi(argv[3]), layers = atoi(argv[4]), outputs = atoi(argv[5]);
  if (inputs < 1 || units < 1 || outputs < 1 || layers < 1 || layers > MOST_LAYERS) return 2;
  count = (size_t)outputs * (units + 1);
  for (int l = 0; l < layers; l++) count += (size_t)4 * units * ((l == 0 ? inputs : units) + units + 1);
  FILE *file = fopen(argv[1], "rb");
  weights = aligned_alloc(64, (count * sizeof(float) + 63) / 64 * 64);
  x = calloc(inputs, sizeof(float)), gates = calloc(4 * units, sizeof(float)), y = calloc(outputs, sizeof(float));
  char *sweep = malloc(SWEPT);
  for (int l = 0; l < layers; l++) h[l] = calloc(units, sizeof(float)), c[l] = calloc(units, sizeof(float));
  if (!file || !weights || !x || !gates || !y || !sweep) return 1;
  if (fread(weights, sizeof(float), count, file) != count) return 1;
  if (fread(x, sizeof(float), inputs, file) != (size_t)inputs) return 1;
  fclose(file);
  openblas_set_num_threads(1);
  step();
  printf("{\"output\": [");
  for (int o = 0; o < outputs; o++) printf("%s%.9g", o ? ", " : "", y[o]);
  const double warm = median(step, WARM, NULL), cold = median(step, COLD, sweep);
  printf("], \"warm\": %.3f, \"cold\": %.3f, ", warm, cold);
  printf("\"stream_warm\": %.3f, \"stream_cold\": %.3f}\n", median(stream, WARM, NULL), median(stream, COLD, sweep));
  return 0;
}
