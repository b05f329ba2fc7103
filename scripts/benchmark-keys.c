// A JACK keyboard and a pair of ears for measurements: plays MIDI at given frames, and tells what comes back and when.
//   benchmark-keys SERVER [CLIENT]
// Without CLIENT it is wired to nothing. Standard input: "FRAME STATUS DATA1 DATA2" in the order of frames, or "now".
// Standard output, all in JACK frames: "ready", "now F", "played F S D D", "midi F S D D", "sound F" (the first sample
// above the threshold), "quiet F" (the one after the last), "xrun F".
#include <errno.h>
#include <jack/jack.h>
#include <jack/midiport.h>
#include <jack/ringbuffer.h>
#include <math.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define THRESHOLD 1e-4f // -80 dB
enum { HANGOVER = 2400, EVENTS = 1 << 16, LINE = 256 };

typedef struct {
  jack_nframes_t frame;
  char kind; // p played, m midi, s sound, q quiet
  unsigned char bytes[3];
} event_t;

// Two clients: one that both sends and receives would stand in a loop, and hear everything a period late.
static jack_client_t *keys, *ears;
static jack_port_t *out, *in, *audio;
static jack_ringbuffer_t *to_play, *played, *heard;
static atomic_uint xruns;
static int sounding;
static jack_nframes_t last_loud;

static void put(jack_ringbuffer_t *ring, event_t event) {
  if (jack_ringbuffer_write_space(ring) >= sizeof event) jack_ringbuffer_write(ring, (char *)&event, sizeof event);
}

static int play(jack_nframes_t frames, void *unused) {
  (void)unused;
  const jack_nframes_t now = jack_last_frame_time(keys);
  void *buffer = jack_port_get_buffer(out, frames);
  jack_midi_clear_buffer(buffer);
  event_t event;
  jack_nframes_t least = 0;
  while (jack_ringbuffer_peek(to_play, (char *)&event, sizeof event) == sizeof event) {
    const int offset = (int)(event.frame - now);
    if (offset >= (int)frames) break;
    const jack_nframes_t at = offset > (int)least ? (jack_nframes_t)offset : least;
    const size_t size = (event.bytes[0] & 0xE0) == 0xC0 ? 2 : 3;
    if (jack_midi_event_write(buffer, at, event.bytes, size) != 0) break;
    least = at;
    jack_ringbuffer_read_advance(to_play, sizeof event);
    event.frame = now + at;
    event.kind = 'p';
    put(played, event);
  }
  return 0;
}

static int listen_to(jack_nframes_t frames, void *unused) {
  (void)unused;
  const jack_nframes_t now = jack_last_frame_time(ears);
  void *buffer = jack_port_get_buffer(in, frames);
  jack_midi_event_t message;
  const jack_nframes_t count = jack_midi_get_event_count(buffer);
  for (jack_nframes_t i = 0; i < count; i++) {
    if (jack_midi_event_get(&message, buffer, i) != 0 || message.size == 0) continue;
    event_t event = {now + message.time, 'm', {0, 0, 0}};
    memcpy(event.bytes, message.buffer, message.size < 3 ? message.size : 3);
    put(heard, event);
  }
  const float *sound = jack_port_get_buffer(audio, frames);
  for (jack_nframes_t i = 0; i < frames; i++) {
    if (fabsf(sound[i]) <= THRESHOLD) continue;
    if (!sounding) put(heard, (event_t){now + i, 's', {0, 0, 0}});
    sounding = 1;
    last_loud = now + i;
  }
  if (sounding && now + frames - last_loud > HANGOVER) {
    put(heard, (event_t){last_loud + 1, 'q', {0, 0, 0}});
    sounding = 0;
  }
  return 0;
}

static int count_xrun(void *unused) {
  (void)unused;
  atomic_fetch_add(&xruns, 1);
  return 0;
}

static void drain(jack_ringbuffer_t *ring) {
  event_t event;
  while (jack_ringbuffer_read_space(ring) >= sizeof event) {
    jack_ringbuffer_read(ring, (char *)&event, sizeof event);
    const unsigned char *b = event.bytes;
    switch (event.kind) {
    case 'p': printf("played %u %u %u %u\n", event.frame, b[0], b[1], b[2]); break;
    case 'm': printf("midi %u %u %u %u\n", event.frame, b[0], b[1], b[2]); break;
    default: printf("%s %u\n", event.kind == 's' ? "sound" : "quiet", event.frame);
    }
  }
}

static void obey(const char *line) {
  unsigned frame, a, b, c;
  if (strcmp(line, "now") == 0) printf("now %u\n", jack_frame_time(keys));
  if (sscanf(line, "%u %u %u %u", &frame, &a, &b, &c) != 4) return;
  put(to_play, (event_t){frame, 'p', {(unsigned char)a, (unsigned char)b, (unsigned char)c}});
}

static jack_client_t *open_client(const char *name, const char *server) {
  jack_status_t status;
  jack_client_t *client = jack_client_open(name, JackServerName | JackNoStartServer, &status, server);
  if (!client) {
    fprintf(stderr, "benchmark-keys: the JACK server \"%s\" does not answer; start jackd -n %s.\n", server, server);
    exit(1);
  }
  return client;
}

static void wire(const char *source, const char *target) {
  for (int i = 0; i < 200; i++) {
    const int failed = jack_connect(keys, source, target);
    if (failed == 0 || failed == EEXIST) return;
    usleep(50000);
  }
  fprintf(stderr, "benchmark-keys: %s cannot be connected to %s.\n", source, target);
  exit(1);
}

static void discard(const char *message) { (void)message; }

int main(int count, char **words) {
  if (count < 2) return fprintf(stderr, "benchmark-keys: name a JACK server.\n"), 2;
  jack_set_error_function(discard);
  to_play = jack_ringbuffer_create(EVENTS * sizeof(event_t));
  played = jack_ringbuffer_create(EVENTS * sizeof(event_t));
  heard = jack_ringbuffer_create(EVENTS * sizeof(event_t));
  keys = open_client("keys", words[1]);
  ears = open_client("ears", words[1]);
  out = jack_port_register(keys, "out", JACK_DEFAULT_MIDI_TYPE, JackPortIsOutput, 0);
  in = jack_port_register(ears, "midi", JACK_DEFAULT_MIDI_TYPE, JackPortIsInput, 0);
  audio = jack_port_register(ears, "audio", JACK_DEFAULT_AUDIO_TYPE, JackPortIsInput, 0);
  jack_set_process_callback(keys, play, NULL);
  jack_set_process_callback(ears, listen_to, NULL);
  jack_set_xrun_callback(keys, count_xrun, NULL);
  if (jack_activate(keys) != 0 || jack_activate(ears) != 0) return 1;
  if (count > 2) {
    char name[LINE];
    snprintf(name, sizeof name, "%s:midi_in", words[2]);
    wire("keys:out", name);
    snprintf(name, sizeof name, "%s:midi_out", words[2]);
    wire(name, "ears:midi");
    snprintf(name, sizeof name, "%s:out_left", words[2]);
    wire(name, "ears:audio");
  }
  puts("ready");
  char text[4096];
  size_t length = 0;
  unsigned told = 0;
  struct pollfd input = {STDIN_FILENO, POLLIN, 0};
  for (;;) {
    if (poll(&input, 1, 4) > 0) {
      const ssize_t more = read(STDIN_FILENO, text + length, sizeof text - 1 - length);
      if (more <= 0) break;
      text[length += (size_t)more] = 0;
      char *start = text;
      for (char *end; (end = strchr(start, '\n')); start = end + 1) {
        *end = 0;
        obey(start);
      }
      length -= (size_t)(start - text);
      memmove(text, start, length);
    }
    drain(played);
    drain(heard);
    for (; told != atomic_load(&xruns); told++) printf("xrun %u\n", jack_last_frame_time(keys));
    fflush(stdout);
  }
  jack_client_close(ears);
  jack_client_close(keys);
  return 0;
}
