// JACK: the client API, as Swift can call it. Variadic calls and global strings need a wrapper; no logic.
#pragma once
#include <jack/jack.h>
#include <jack/metadata.h>
#include <jack/midiport.h>
#include <jack/transport.h>
#include <jack/uuid.h>
#include <malloc.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

/// JACK documents these as callable from the process callback; Swift's performance checker takes our word.
#define CJACK_REALTIME __attribute__((swift_attr("@_noLocks")))
void *jack_port_get_buffer(jack_port_t *, jack_nframes_t) CJACK_REALTIME;
jack_nframes_t jack_last_frame_time(const jack_client_t *) CJACK_REALTIME;
uint32_t jack_midi_get_event_count(void *) CJACK_REALTIME;
int jack_midi_event_get(jack_midi_event_t *, void *, uint32_t) CJACK_REALTIME;
void jack_midi_clear_buffer(void *) CJACK_REALTIME;
size_t jack_midi_max_event_size(void *) CJACK_REALTIME;
int jack_midi_event_write(void *, jack_nframes_t, const jack_midi_data_t *, size_t) CJACK_REALTIME;

/// What the transport says about musical time.
typedef struct {
  int is_rolling;
  int has_position; // the fields below are given by a timebase master
  int bar, beat, tick;
  double beats_per_bar, ticks_per_beat, beats_per_minute;
} cjack_transport_t;

static inline cjack_transport_t cjack_transport(const jack_client_t *client) CJACK_REALTIME;
static inline cjack_transport_t cjack_transport(const jack_client_t *client) {
  jack_position_t position;
  position.valid = (jack_position_bits_t)0;
  int rolling = jack_transport_query(client, &position) == JackTransportRolling;
  cjack_transport_t result = {rolling, (position.valid & JackPositionBBT) != 0, 0, 0, 0, 0, 0, 0};
  if (!result.has_position) return result;
  result.bar = position.bar;
  result.beat = position.beat;
  result.tick = position.tick;
  result.beats_per_bar = position.beats_per_bar;
  result.ticks_per_beat = position.ticks_per_beat;
  result.beats_per_minute = position.beats_per_minute;
  return result;
}

/// When the cycle began on JACK's clock (CLOCK_MONOTONIC), in microseconds, smoothed by the server; 0 when unknown.
static inline uint64_t cjack_cycle_start(const jack_client_t *client) CJACK_REALTIME;
static inline uint64_t cjack_cycle_start(const jack_client_t *client) {
  jack_nframes_t frames;
  jack_time_t now = 0, next = 0;
  float period;
  return jack_get_cycle_times(client, &frames, &now, &next, &period) == 0 ? now : 0;
}

/// jack_client_open with a server name, or the default server when `server` is NULL.
static inline jack_client_t *cjack_open(const char *name, jack_options_t options, jack_status_t *status,
                                        const char *server) {
  return server ? jack_client_open(name, (jack_options_t)(options | JackServerName), status, server)
                : jack_client_open(name, options, status);
}

/// Labels a port for patchbays. Returns 0 when all was accepted.
static inline int cjack_describe_port(jack_client_t *client, jack_port_t *port, const char *pretty, const char *order,
                                      const char *group) {
  jack_uuid_t uuid = jack_port_uuid(port);
  int failed = jack_set_property(client, uuid, JACK_METADATA_PRETTY_NAME, pretty, "text/plain");
  failed |= jack_set_property(client, uuid, JACK_METADATA_ORDER, order, "http://www.w3.org/2001/XMLSchema#int");
  failed |= jack_set_property(client, uuid, JACK_METADATA_PORT_GROUP, group, "text/plain");
  return failed;
}

static inline void cjack_discard(const char *message) { (void)message; }
/// Keeps libjack from printing: a daemon that retries would fill the journal.
static inline void cjack_silence(void) {
  jack_set_error_function(cjack_discard);
  jack_set_info_function(cjack_discard);
}

/// The kernel's number of the calling thread.
CJACK_REALTIME static inline int cjack_thread(void) { return (int)syscall(SYS_gettid); }
