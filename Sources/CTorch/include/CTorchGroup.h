// The C face of what several processes and devices share: groups of ranks, and the device of new tensors.
// The conventions are those of CTorch.h, which includes this file.
#ifndef CTORCH_GROUP_H
#define CTORCH_GROUP_H

#include "CTorch.h"

#ifdef __cplusplus
extern "C" {
#endif
#pragma clang assume_nonnull begin

// A group of processes that exchange tensors over TCP (libtorch's gloo). All ranks make the same calls in the same
// order; each call waits for the others, at most `seconds`. After an error the group's connections are closed, so that
// the other ranks notice at once, and every later call fails.
typedef struct ctorch_group ctorch_group;

// Whether this libtorch was built with gloo and its headers were found.
bool ctorch_group_available(void);
// Meets the other ranks at address:port, where rank 0 listens. `interface` names the network interface, else the one
// that reaches `address` is used.
ctorch_group *_Nullable ctorch_group_join(const char *address, uint16_t port, int rank, int size, double seconds,
                                          const char *_Nullable interface, ctorch_error error);
void ctorch_group_free(ctorch_group *_Nullable group);
// In place: the means over all ranks, of the tensors or of their gradients (a missing gradient counts as zeros).
bool ctorch_group_average(ctorch_group *group, ctorch_tensor *const _Nonnull *_Nullable tensors, size_t count,
                          bool gradients, ctorch_error error);
// In place: the values of rank 0, of any element type, exactly.
bool ctorch_group_broadcast(ctorch_group *group, ctorch_tensor *const _Nonnull *_Nullable tensors, size_t count,
                            ctorch_error error);
// In place: the sums over all ranks.
bool ctorch_group_sum(ctorch_group *group, double *values, size_t count, ctorch_error error);
// All ranks' tensors of equal shape, in the order of the ranks; `gathered` has room for one a rank.
bool ctorch_group_gather(ctorch_group *group, const ctorch_tensor *tensor, ctorch_tensor *_Nullable *_Nonnull gathered,
                         ctorch_error error);
bool ctorch_group_barrier(ctorch_group *group, ctorch_error error);

// Where new tensors are made: "cpu", "cuda" or "cuda:N". Process-wide; set before the first tensor.
bool ctorch_set_device(const char *name, ctorch_error error);
// Whether that device is a CUDA one.
bool ctorch_on_cuda(void);

#pragma clang assume_nonnull end
#ifdef __cplusplus
}
#endif
#endif
