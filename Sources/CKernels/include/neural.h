// Kernels of the neural layers: circular mixing, dense layers, LSTM and moments, with run-time CPU dispatch.
//
// All functions are pure: no allocation, lock or system call; any thread. Weights are packed in panels of
// NEURAL_PANEL outputs, outputs padded with zeros to a whole panel.
#ifndef ANTIPHON_NEURAL_H
#define ANTIPHON_NEURAL_H

#include <stddef.h>
#include <stdint.h>

#define NEURAL_PANEL 16

// Instruction sets that the kernels are compiled for: what every machine of the architecture has (SSE2, NEON), AVX2
// with FMA and F16C, AVX-512F with those. AVX2 and AVX-512 give the same bits; the portable path may differ in the last
// ones, where the machine has no fused multiply-add.
enum { NEURAL_PORTABLE = 0, NEURAL_AVX2 = 1, NEURAL_AVX512 = 2 };

// The best instruction set of this machine.
int neural_best_instructions(void);

// y[o, p] = bias[o] + sum over i < inputs and d < taps of W[o, i, d] * x[i, (p + d) mod 12], p = 0..11; with
// `rectify` negative sums become 0. Channels are stored doubled, [channels, 24] with x[i, p + 12] = x[i, p], so that
// every rotation is a contiguous read.
//   weights  [panels, inputs, taps, NEURAL_PANEL]     bias  [panels * NEURAL_PANEL]
//   input    [inputs, 24]                             output  [outputs, 24], not overlapping
// taps: 12 for circular mixing, 1 for a layer that treats every pitch class alone.
void neural_circular(int instructions, const float *weights, const float *bias, const float *input, float *output,
                     int inputs, int outputs, int taps, int rectify);

// y[o] = bias[o] + sum over i of W[o, i] * x[i].
//   weights  [panels, inputs, NEURAL_PANEL], floats or, with `half`, IEEE half floats
//   bias     [panels * NEURAL_PANEL]                  output  [outputs], not overlapping
void neural_dense(int instructions, int half, const void *weights, const float *bias, const float *input,
                  float *output, int inputs, int outputs);

// One step of an LSTM (Hochreiter and Schmidhuber 1997, forget gate of Gers et al. 2000), as torch.nn.LSTM computes it:
//   i, f, g, o = bias + W_ih x + W_hh h;   c' = sigmoid(f) c + sigmoid(i) tanh(g);   h' = sigmoid(o) tanh(c')
// A panel holds the four gates of NEURAL_PANEL units side by side, so that the cell is updated from registers and the
// weights are read once, front to back. Sigmoid and tanh err by less than 1e-7.
//   weights  [panels, inputs + units, 4, NEURAL_PANEL], columns of W_ih, then of W_hh; floats or, with `half`, halves
//   bias     [panels, 4, NEURAL_PANEL]                input  [inputs]        hidden  [units], the last step's h
//   cell     [panels * NEURAL_PANEL], updated         next   [panels * NEURAL_PANEL], the new h, not overlapping h
void neural_lstm(int instructions, int half, const void *weights, const float *bias, const float *input,
                 const float *hidden, float *cell, float *next, int inputs, int units);

// Mean and, where `deviation` is not NULL, sqrt(mean of the squared distances from the mean + floor) of every column
// over `count` > 0 rows of a ring: rows first, first + 1, ... modulo `capacity`, summed in this order.
//   ring  [capacity, width], width a multiple of NEURAL_PANEL      mean, deviation  [width]
void neural_moments(int instructions, const float *ring, int capacity, int width, int first, int count, float floor,
                    float *mean, float *deviation);

// CRC-32 as zlib's crc32(): start with 0, feed the result back to go on.
uint32_t neural_crc32(uint32_t crc, const void *bytes, size_t count);

#endif
