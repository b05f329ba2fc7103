// Matrix-vector kernels for one instruction set; matrix.c includes this file once for each.
//
// Before it: LANES, floats a vector; SPAN, units of an LSTM that are computed together (a divisor of NEURAL_PANEL that
// keeps eight sums or fewer in registers); GROUP, panels of a dense layer that are computed together; ATTRIBUTES of
// every function; NAME(x), the name of x for this instruction set; WIDEN(p), the LANES halves at p as a vector.

typedef float NAME(vector) __attribute__((ext_vector_type(LANES), aligned(4)));
typedef uint32_t NAME(integers) __attribute__((ext_vector_type(LANES), aligned(4)));

#define INLINE ATTRIBUTES static inline __attribute__((always_inline))

// A vector of weights, from floats or from halves.
INLINE NAME(vector) NAME(weights_at)(const void *weights, size_t index, int half) {
  if (half) return WIDEN((const uint16_t *)weights + index);
  return *(const NAME(vector) *)((const float *)weights + index);
}

// e^x for x in -87...88. 2^n e^r with n = round(x / ln 2); ln 2 in two parts and the polynomial of Cephes' expf
// (S. Moshier, netlib.org/cephes, single/expf.c). Relative error below 1e-7.
INLINE NAME(vector) NAME(exponential)(NAME(vector) x) {
  typedef NAME(vector) vector;
  const float magic = 12582912.0f;  // 1.5 * 2^23: adding it rounds to an integer, kept in the lowest bits
  const vector shifted = x * 1.44269504088896341f + magic;
  const vector n = shifted - magic;
  const vector r = (x - n * 0.693359375f) - n * -2.12194440e-4f;
  vector p = r * 1.9875691500e-4f + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * (r * r) + r + 1.0f;
  NAME(integers) bits, power;
  memcpy(&bits, &p, sizeof(bits));
  memcpy(&power, &shifted, sizeof(power));
  bits += power << 23;
  memcpy(&p, &bits, sizeof(p));
  return p;
}

// 1 / (1 + e^-x). Absolute error below 1e-7 (measured over -100...100).
INLINE NAME(vector) NAME(sigmoid)(NAME(vector) x) {
  const NAME(vector) limit = (NAME(vector))87.0f;
  const NAME(vector) within = __builtin_elementwise_max(__builtin_elementwise_min(x, limit), -limit);
  return 1.0f / (1.0f + NAME(exponential)(-within));
}

// tanh x as Cephes' tanhf does it: an odd polynomial below 0.625, (1 - e^-2x) / (1 + e^-2x) above. Absolute error below
// 1e-7.
INLINE NAME(vector) NAME(hyperbolic_tangent)(NAME(vector) x) {
  typedef NAME(vector) vector;
  typedef NAME(integers) integers;
  const vector size = __builtin_elementwise_abs(x), square = x * x;
  vector near = square * -5.70498872745e-3f + 2.06390887954e-2f;
  near = near * square - 5.37397155531e-2f;
  near = near * square + 1.33314422036e-1f;
  near = near * square - 3.33332819422e-1f;
  near = near * (square * x) + x;
  const vector decay = NAME(exponential)(__builtin_elementwise_min(size, (vector)10.0f) * -2.0f);
  vector far = (1.0f - decay) / (1.0f + decay);
  const integers isNear = (integers)(size < 0.625f), sign = (integers)0x80000000u;
  integers nearBits, farBits, signBits;
  memcpy(&nearBits, &near, sizeof(nearBits));
  memcpy(&farBits, &far, sizeof(farBits));
  memcpy(&signBits, &x, sizeof(signBits));
  farBits |= signBits & sign;
  nearBits = (nearBits & isNear) | (farBits & ~isNear);
  memcpy(&near, &nearBits, sizeof(near));
  return near;
}

INLINE void NAME(lstm_units)(const void *weights, const float *bias, const float *input, const float *hidden,
                             float *cell, float *next, int inputs, int units, int half) {
  typedef NAME(vector) vector;
  enum { VECTORS = SPAN / LANES, ROW = 4 * NEURAL_PANEL };
  const size_t columns = (size_t)inputs + units;
  for (int unit = 0; unit < units; unit += SPAN) {
    const size_t panel = unit / NEURAL_PANEL, offset = unit % NEURAL_PANEL;
    size_t at = panel * columns * ROW + offset;
    vector sums[4][VECTORS];
    _Pragma("unroll") for (int gate = 0; gate < 4; gate++)
      _Pragma("unroll") for (int v = 0; v < VECTORS; v++)
        sums[gate][v] = *(const vector *)(bias + panel * ROW + offset + gate * NEURAL_PANEL + v * LANES);
    // The columns of W_ih, then those of W_hh.
    for (int part = 0; part < 2; part++) {
      const float *x = part == 0 ? input : hidden;
      const int count = part == 0 ? inputs : units;
      for (int column = 0; column < count; column++, at += ROW)
        _Pragma("unroll") for (int gate = 0; gate < 4; gate++)
          _Pragma("unroll") for (int v = 0; v < VECTORS; v++)
            sums[gate][v] += NAME(weights_at)(weights, at + gate * NEURAL_PANEL + v * LANES, half) * x[column];
    }
    _Pragma("unroll") for (int v = 0; v < VECTORS; v++) {
      vector *const c = (vector *)(cell + unit + v * LANES);
      const vector written = NAME(sigmoid)(sums[0][v]) * NAME(hyperbolic_tangent)(sums[2][v]);
      *c = NAME(sigmoid)(sums[1][v]) * *c + written;
      *(vector *)(next + unit + v * LANES) = NAME(sigmoid)(sums[3][v]) * NAME(hyperbolic_tangent)(*c);
    }
  }
}

ATTRIBUTES static void NAME(lstm)(int half, const void *weights, const float *bias, const float *input,
                                  const float *hidden, float *cell, float *next, int inputs, int units) {
  if (half) NAME(lstm_units)(weights, bias, input, hidden, cell, next, inputs, units, 1);
  else NAME(lstm_units)(weights, bias, input, hidden, cell, next, inputs, units, 0);
}

// `panels` panels of a dense layer, from output `base` on.
INLINE void NAME(dense_panels)(const void *weights, const float *bias, const float *input, float *output, int inputs,
                               int outputs, int base, int panels, int half) {
  typedef NAME(vector) vector;
  enum { VECTORS = NEURAL_PANEL / LANES };
  const size_t size = (size_t)inputs * NEURAL_PANEL;
  size_t at = (size_t)(base / NEURAL_PANEL) * size;
  vector sums[GROUP][VECTORS];
  _Pragma("unroll") for (int p = 0; p < panels; p++)
    _Pragma("unroll") for (int v = 0; v < VECTORS; v++)
      sums[p][v] = *(const vector *)(bias + base + p * NEURAL_PANEL + v * LANES);
  for (int i = 0; i < inputs; i++, at += NEURAL_PANEL)
    _Pragma("unroll") for (int p = 0; p < panels; p++)
      _Pragma("unroll") for (int v = 0; v < VECTORS; v++)
        sums[p][v] += NAME(weights_at)(weights, at + p * size + v * LANES, half) * input[i];
  _Pragma("unroll") for (int p = 0; p < panels; p++) {
    const int start = base + p * NEURAL_PANEL;
    const int count = outputs - start < NEURAL_PANEL ? outputs - start : NEURAL_PANEL;
    float column[NEURAL_PANEL];
    _Pragma("unroll") for (int v = 0; v < VECTORS; v++) *(vector *)(column + v * LANES) = sums[p][v];
    memcpy(output + start, column, (size_t)count * sizeof(float));
  }
}

INLINE void NAME(dense_outputs)(const void *weights, const float *bias, const float *input, float *output, int inputs,
                                int outputs, int half) {
  const int whole = (outputs + NEURAL_PANEL - 1) / NEURAL_PANEL / GROUP * GROUP * NEURAL_PANEL;
  for (int base = 0; base < whole; base += GROUP * NEURAL_PANEL)
    NAME(dense_panels)(weights, bias, input, output, inputs, outputs, base, GROUP, half);
  for (int base = whole; base < outputs; base += NEURAL_PANEL)
    NAME(dense_panels)(weights, bias, input, output, inputs, outputs, base, 1, half);
}

ATTRIBUTES static void NAME(dense)(int half, const void *weights, const float *bias, const float *input,
                                   float *output, int inputs, int outputs) {
  if (half) NAME(dense_outputs)(weights, bias, input, output, inputs, outputs, 1);
  else NAME(dense_outputs)(weights, bias, input, output, inputs, outputs, 0);
}

#undef INLINE
#undef LANES
#undef SPAN
#undef GROUP
#undef ATTRIBUTES
#undef NAME
#undef WIDEN
