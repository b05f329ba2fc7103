// Umbrella header of the C kernels.
#ifndef ANTIPHON_CKERNELS_H
#define ANTIPHON_CKERNELS_H

#include "neural.h"
#include "realtime.h"
#include "spectrum.h"

#endif
