// FFTW 3, single precision.
#pragma once
#include <fftw3.h>
