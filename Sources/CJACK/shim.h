// JACK: the client API, as Swift can call it. Variadic calls and global strings need a wrapper; no logic.
#pragma once
#include <jack/jack.h>
#include <jack/metadata.h>
#include <jack/uuid.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

/// JACK documents these as callable from the process callback; Swift's performance checker takes our word.
#define CJACK_REALTIME __attribute__((swift_attr("@_noLocks")))
void *jack_port_get_buffer(jack_port_t *, jack_nframes_t) CJACK_REALTIME;
jack_nframes_t jack_last_frame_time(const jack_client_t *) CJACK_REALTIME;

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
static inline int cjack_thread(void) { return (int)syscall(SYS_gettid); }
