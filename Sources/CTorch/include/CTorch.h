// The C face of libtorch: opaque tensors and an optimiser. No C++ type and no C++ exception crosses it.
//
// Every call that can fail takes `error` last: on failure it returns NULL (or false) and sets *error to a sentence that
// the caller frees with ctorch_free_text. Handles that are returned belong to the caller. Calls on one handle must not
// overlap; random numbers and gradient recording are libtorch's own state (per process and per thread).
#ifndef CTORCH_H
#define CTORCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma clang assume_nonnull begin

typedef struct ctorch_tensor ctorch_tensor;
typedef struct ctorch_adamw ctorch_adamw;
typedef char *_Nullable *_Nonnull ctorch_error;

typedef enum {
  CTORCH_FLOAT, CTORCH_DOUBLE, CTORCH_HALF, CTORCH_INT64, CTORCH_INT32, CTORCH_BYTE, CTORCH_OTHER
} ctorch_type;
typedef enum {
  CTORCH_NEGATE, CTORCH_RELU, CTORCH_SIGMOID, CTORCH_TANH, CTORCH_EXP, CTORCH_LOG, CTORCH_SQRT, CTORCH_SQUARE,
  CTORCH_ABS, CTORCH_GELU
} ctorch_unary_op;
typedef enum { CTORCH_ADD, CTORCH_SUBTRACT, CTORCH_MULTIPLY, CTORCH_DIVIDE, CTORCH_MATMUL } ctorch_binary_op;
typedef enum { CTORCH_SUM, CTORCH_MEAN, CTORCH_MAX, CTORCH_LOGSUMEXP } ctorch_reduce_op;

void ctorch_free_text(char *_Nullable text);

// Tensors: creation, properties, values. Shapes are in elements, row-major.
ctorch_tensor *_Nullable ctorch_from_data(const void *_Nullable data, ctorch_type type, const int64_t *_Nullable shape,
                                          size_t rank, ctorch_error error);
ctorch_tensor *_Nullable ctorch_normal(const int64_t *_Nullable shape, size_t rank, double deviation,
                                       ctorch_error error);
ctorch_tensor *_Nullable ctorch_uniform(const int64_t *_Nullable shape, size_t rank, double low, double high,
                                        ctorch_error error);
void ctorch_free(ctorch_tensor *_Nullable tensor);
size_t ctorch_rank(const ctorch_tensor *tensor);
int64_t ctorch_size(const ctorch_tensor *tensor, size_t dimension);
int64_t ctorch_count(const ctorch_tensor *tensor);
// Copies all elements, converted to `type`, into `values`, which holds `count` of them (an error if not equal).
bool ctorch_copy_out(const ctorch_tensor *tensor, ctorch_type type, void *values, int64_t count, ctorch_error error);
ctorch_tensor *_Nullable ctorch_cast(const ctorch_tensor *x, ctorch_type type, ctorch_error error);

// Arithmetic, with broadcasting.
ctorch_tensor *_Nullable ctorch_unary(ctorch_unary_op op, const ctorch_tensor *x, ctorch_error error);
ctorch_tensor *_Nullable ctorch_binary(ctorch_binary_op op, const ctorch_tensor *a, const ctorch_tensor *b,
                                       ctorch_error error);
// x * scale + shift
ctorch_tensor *_Nullable ctorch_affine(const ctorch_tensor *x, double scale, double shift, ctorch_error error);
ctorch_tensor *_Nullable ctorch_clamp(const ctorch_tensor *x, double low, double high, ctorch_error error);
// bias + x · weight: bias [o] or [N, o], x [N, i], weight [i, o]
ctorch_tensor *_Nullable ctorch_addmm(const ctorch_tensor *bias, const ctorch_tensor *x, const ctorch_tensor *weight,
                                      ctorch_error error);
// x [N, i, T], weight [o, i, k], bias [o] or NULL
ctorch_tensor *_Nullable ctorch_conv1d(const ctorch_tensor *x, const ctorch_tensor *weight,
                                       const ctorch_tensor *_Nullable bias, int64_t stride, int64_t padding,
                                       int64_t dilation, ctorch_error error);
ctorch_tensor *_Nullable ctorch_dropout(const ctorch_tensor *x, double probability, bool training, ctorch_error error);

// (x - mean) / sqrt(variance + epsilon) * weight + bias over the last dimension, weight and bias [its size]
ctorch_tensor *_Nullable ctorch_layer_norm(const ctorch_tensor *x, const ctorch_tensor *weight,
                                           const ctorch_tensor *bias, double epsilon, ctorch_error error);
// `value` where `mask`, which broadcasts, is not 0
ctorch_tensor *_Nullable ctorch_masked_fill(const ctorch_tensor *x, const ctorch_tensor *mask, double value,
                                            ctorch_error error);

// Reductions; no dimensions means all of them.
ctorch_tensor *_Nullable ctorch_reduce(ctorch_reduce_op op, const ctorch_tensor *x, const int64_t *_Nullable dimensions,
                                       size_t count, bool keep, ctorch_error error);
ctorch_tensor *_Nullable ctorch_argmax(const ctorch_tensor *x, int64_t dimension, ctorch_error error);
ctorch_tensor *_Nullable ctorch_log_softmax(const ctorch_tensor *x, int64_t dimension, ctorch_error error);
ctorch_tensor *_Nullable ctorch_softmax(const ctorch_tensor *x, int64_t dimension, ctorch_error error);
// Means of consecutive runs of rows: x [N, c], lengths Int64 [S] with sum N and none 0 -> [S, c]
ctorch_tensor *_Nullable ctorch_segment_mean(const ctorch_tensor *x, const ctorch_tensor *lengths, ctorch_error error);

// Shape.
ctorch_tensor *_Nullable ctorch_reshape(const ctorch_tensor *x, const int64_t *_Nullable shape, size_t rank,
                                        ctorch_error error);
ctorch_tensor *_Nullable ctorch_expand(const ctorch_tensor *x, const int64_t *_Nullable shape, size_t rank,
                                       ctorch_error error);
ctorch_tensor *_Nullable ctorch_permute(const ctorch_tensor *x, const int64_t *_Nullable order, size_t rank,
                                        ctorch_error error);
ctorch_tensor *_Nullable ctorch_cat(const ctorch_tensor *const _Nonnull *_Nullable parts, size_t count,
                                    int64_t dimension, ctorch_error error);
ctorch_tensor *_Nullable ctorch_slice(const ctorch_tensor *x, int64_t dimension, int64_t start, int64_t end,
                                      int64_t step, ctorch_error error);
ctorch_tensor *_Nullable ctorch_index_select(const ctorch_tensor *x, int64_t dimension, const ctorch_tensor *index,
                                             ctorch_error error);
ctorch_tensor *_Nullable ctorch_gather(const ctorch_tensor *x, int64_t dimension, const ctorch_tensor *index,
                                       ctorch_error error);
// The other way round along one dimension.
ctorch_tensor *_Nullable ctorch_flip(const ctorch_tensor *x, int64_t dimension, ctorch_error error);

// Networks that choose among classes. Indices and targets are Int64.
// table [rows, width], index [N] -> [N, width]
ctorch_tensor *_Nullable ctorch_embedding(const ctorch_tensor *table, const ctorch_tensor *index, ctorch_error error);
// logits [N, classes], lowest Int64 [N]: -infinity for the classes below each row's lowest
ctorch_tensor *_Nullable ctorch_forbid_below(const ctorch_tensor *logits, const ctorch_tensor *lowest,
                                             ctorch_error error);
// The sum of -log softmax(logits)[target] over the rows whose target is not `ignored`.
ctorch_tensor *_Nullable ctorch_cross_entropy(const ctorch_tensor *logits, const ctorch_tensor *targets,
                                              int64_t ignored, ctorch_error error);
// One LSTM layer (gates i, f, g, o): x [T, B, I], hidden and cell [B, H], weight_ih [4H, I], weight_hh [4H, H], bias
// [4H], keep [T, B] of 1, or 0 where the state is cleared before the step -> y [T, B, H] and the last states [B, H].
bool ctorch_lstm(const ctorch_tensor *x, const ctorch_tensor *hidden, const ctorch_tensor *cell,
                 const ctorch_tensor *weight_ih, const ctorch_tensor *weight_hh, const ctorch_tensor *bias,
                 const ctorch_tensor *keep, ctorch_tensor *_Nullable *_Nonnull y,
                 ctorch_tensor *_Nullable *_Nonnull last_hidden, ctorch_tensor *_Nullable *_Nonnull last_cell,
                 ctorch_error error);
// Attention of queries [R, T, Q] to keys [R, S, Q] with values [R, S, V], S >= T, query t standing at key S - T + t:
// query (r, t) looks at the keys first[r, t]...last[r, t] (Int64 [R, T]). relative [heads, D, Q / heads] adds query *
// vector to the score of a key that lies 0..<D before the query; NULL when distances do not count. -> y [R, T, V], and
// the weights [R, heads, T, S], through which no gradient flows.
bool ctorch_attention(const ctorch_tensor *q, const ctorch_tensor *k, const ctorch_tensor *v,
                      const ctorch_tensor *_Nullable relative, const ctorch_tensor *first, const ctorch_tensor *last,
                      int64_t heads, ctorch_tensor *_Nullable *_Nonnull y,
                      ctorch_tensor *_Nullable *_Nonnull weights, ctorch_error error);
// Scales all gradients down together to the norm `largest`, when theirs is larger; *norm is what it was.
bool ctorch_clip_gradients(ctorch_tensor *const _Nonnull *_Nullable parameters, size_t count, double largest,
                           double *norm, ctorch_error error);
// The same values outside the graph.
ctorch_tensor *_Nullable ctorch_detach(const ctorch_tensor *x, ctorch_error error);

// Gradients. `ctorch_record_gradients` switches recording on this thread and returns what it was.
bool ctorch_require_gradient(ctorch_tensor *x, bool required, ctorch_error error);
bool ctorch_backward(const ctorch_tensor *scalar, ctorch_error error);
ctorch_tensor *_Nullable ctorch_gradient(const ctorch_tensor *x, ctorch_error error);  // zeros where there is none
bool ctorch_zero_gradient(ctorch_tensor *x, ctorch_error error);
bool ctorch_record_gradients(bool on);
// In place and unrecorded: x += weight * (source - x); weight 1 copies exactly.
bool ctorch_blend(ctorch_tensor *x, const ctorch_tensor *source, double weight, ctorch_error error);

// AdamW over parameters that the optimiser keeps alive. State arrays have the parameter's shape; step counts from 0.
ctorch_adamw *_Nullable ctorch_adamw_make(ctorch_tensor *const _Nonnull *_Nullable parameters, size_t count,
                                          double rate, double beta1, double beta2, double epsilon, double weight_decay,
                                          ctorch_error error);
void ctorch_adamw_free(ctorch_adamw *_Nullable optimizer);
bool ctorch_adamw_set(ctorch_adamw *optimizer, double rate, double weight_decay, ctorch_error error);
bool ctorch_adamw_step(ctorch_adamw *optimizer, ctorch_error error);
bool ctorch_adamw_get_state(const ctorch_adamw *optimizer, size_t index, int64_t *step,
                            ctorch_tensor *_Nullable *_Nonnull mean, ctorch_tensor *_Nullable *_Nonnull square,
                            ctorch_error error);
bool ctorch_adamw_set_state(ctorch_adamw *optimizer, size_t index, int64_t step, const ctorch_tensor *mean,
                            const ctorch_tensor *square, ctorch_error error);

// Process-wide: random numbers, threads, version.
bool ctorch_seed(uint64_t seed, ctorch_error error);
ctorch_tensor *_Nullable ctorch_random_state(ctorch_error error);  // bytes
bool ctorch_set_random_state(const ctorch_tensor *bytes, ctorch_error error);
bool ctorch_set_threads(int threads, ctorch_error error);
// Keeps freed memory for the next step, and rounds to 0 what is too small to matter on this thread.
void ctorch_tune(void);
const char *ctorch_version(void);

// A dictionary of named tensors in the format of Python's torch.save / torch.load.
bool ctorch_save(const char *path, const char *const _Nonnull *_Nullable names,
                 const ctorch_tensor *const _Nonnull *_Nullable tensors, size_t count, ctorch_error error);
typedef void (*ctorch_visit)(void *_Nullable context, const char *name, ctorch_tensor *tensor);
// Calls `visit` once a tensor; the visitor owns each handle.
bool ctorch_load(const char *path, ctorch_visit visit, void *_Nullable context, ctorch_error error);

#pragma clang assume_nonnull end
#ifdef __cplusplus
}
#endif

#include "CTorchGroup.h"
#include "CTorchScript.h"

#endif
