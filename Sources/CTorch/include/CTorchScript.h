// The part of the C face that writes TorchScript modules. Included by CTorch.h.
#ifndef CTORCH_SCRIPT_H
#define CTORCH_SCRIPT_H

#include "CTorch.h"

#ifdef __cplusplus
extern "C" {
#endif
#pragma clang assume_nonnull begin

// Writes a module of class `name` whose methods are `source` (Python as TorchScript has it) to `path`, as
// torch.jit.load reads it. The first `trained` of the `count` tensors become parameters, the others buffers; `metadata`
// goes into the archive as the extra file "metadata.json".
bool ctorch_script_save(const char *path, const char *name, const char *const _Nonnull *_Nullable names,
                        const ctorch_tensor *const _Nonnull *_Nullable tensors, size_t count, size_t trained,
                        const char *source, const char *metadata, ctorch_error error);

#pragma clang assume_nonnull end
#ifdef __cplusplus
}
#endif
#endif
