// FluidSynth: SoundFont synthesis.
#pragma once
#include <fluidsynth.h>
