// ALSA: the sequencer API, as Swift can call it. Variadic callbacks need a wrapper; no logic.
#pragma once
#include <alsa/asoundlib.h>

static inline void calsa_discard(const char *file, int line, const char *function, int error, const char *format, ...) {
  (void)file, (void)line, (void)function, (void)error, (void)format;
}
/// Keeps libasound from printing on standard error: every failure is reported by its return value too.
static inline void calsa_silence(void) { snd_lib_error_set_handler(calsa_discard); }
