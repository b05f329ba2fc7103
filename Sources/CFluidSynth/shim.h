// FluidSynth: SoundFont synthesis.
#pragma once
#include <fluidsynth.h>

/// Free of locks and allocation on the thread that renders, with synth.threadsafe-api 0 and no effects (measured with
/// RealtimeSanitizer); Swift's performance checker takes our word.
#define CFLUIDSYNTH_REALTIME __attribute__((swift_attr("@_noLocks")))
int fluid_synth_noteon(fluid_synth_t *, int, int, int) CFLUIDSYNTH_REALTIME;
int fluid_synth_noteoff(fluid_synth_t *, int, int) CFLUIDSYNTH_REALTIME;
int fluid_synth_cc(fluid_synth_t *, int, int, int) CFLUIDSYNTH_REALTIME;
int fluid_synth_program_change(fluid_synth_t *, int, int) CFLUIDSYNTH_REALTIME;
int fluid_synth_pitch_bend(fluid_synth_t *, int, int) CFLUIDSYNTH_REALTIME;
int fluid_synth_all_sounds_off(fluid_synth_t *, int) CFLUIDSYNTH_REALTIME;
int fluid_synth_get_active_voice_count(fluid_synth_t *) CFLUIDSYNTH_REALTIME;
int fluid_synth_process(fluid_synth_t *, int, int, float *[], int, float *[]) CFLUIDSYNTH_REALTIME;
