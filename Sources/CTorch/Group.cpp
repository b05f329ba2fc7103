// A group of processes that average their gradients: libtorch's gloo over TCP.
#include <torch/version.h>

#include <algorithm>
#include <chrono>

#include "CTorchGroup.h"
#include "Handle.hpp"

#if __has_include(<torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>) && __has_include(<gloo/rendezvous/store.h>)
// libtorch's own build sets this when it has gloo; its headers are empty without.
#define USE_C10D_GLOO 1
#include <arpa/inet.h>
#include <dlfcn.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>

#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

using namespace ctorch;

namespace {

using Milliseconds = std::chrono::milliseconds;

/// Where the ranks find each other. It is left once all have met: its background thread would end the process when
/// the rank that serves it dies.
struct MeetingPlace : c10d::PrefixStore {
  using PrefixStore::PrefixStore;
  void leave() { store_.reset(); }
};

/// The address of this machine from which `host` is reached. A host name often resolves to a loopback address, which
/// other machines cannot reach, so gloo's own choice does not do.
std::string local_address(const std::string &host, uint16_t port) {
  addrinfo hints = {}, *found = nullptr;
  hints.ai_socktype = SOCK_DGRAM;
  const int failure = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
  TORCH_CHECK(failure == 0, "MASTER_ADDR is \"", host, "\", which names no machine (", gai_strerror(failure), ")");
  std::string result;
  for (const addrinfo *each = found; each && result.empty(); each = each->ai_next) {
    const int probe = socket(each->ai_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (probe < 0) continue;
    sockaddr_storage own = {};
    socklen_t length = sizeof own;
    char text[NI_MAXHOST];
    // Connecting a datagram socket sends nothing; it only chooses a route.
    if (connect(probe, each->ai_addr, each->ai_addrlen) == 0 &&
        getsockname(probe, reinterpret_cast<sockaddr *>(&own), &length) == 0 &&
        getnameinfo(reinterpret_cast<sockaddr *>(&own), length, text, sizeof text, nullptr, 0, NI_NUMERICHOST) == 0) {
      result = text;
    }
    close(probe);
  }
  freeaddrinfo(found);
  TORCH_CHECK(!result.empty(), "MASTER_ADDR is \"", host, "\", to which no network of this machine leads");
  return result;
}

/// Keeps libtorch's own log from standard error while ranks meet: what matters is in the error. The log's level is a
/// variable of glog or, without glog, of libtorch.
struct QuietLog {
  static constexpr const char *names[] = {"_ZN3fLI17FLAGS_minloglevelE", "_ZN3c1022FLAGS_caffe2_log_levelE"};
  int before[2] = {};
  QuietLog() {
    for (int i = 0; i < 2; ++i) {
      if (int *level = find(i)) before[i] = std::exchange(*level, 3);
    }
  }
  ~QuietLog() {
    for (int i = 0; i < 2; ++i) {
      if (int *level = find(i)) *level = before[i];
    }
  }
  static int *find(int i) { return static_cast<int *>(dlsym(RTLD_DEFAULT, names[i])); }
};

/// What gloo said, without the place in its source.
std::string reason(std::string text) {
  if (!text.empty() && text[0] == '[') {
    const auto end = text.find("] ");
    if (end != std::string::npos) text.erase(0, end + 2);
  }
  text.resize(std::min(text.find('\n'), text.size()));
  while (!text.empty() && text.back() == '.') text.pop_back();
  return text;
}

}  // namespace

struct ctorch_group {
  c10::intrusive_ptr<c10d::ProcessGroupGloo> ranks;
  int rank, size;
  double seconds;
  /// The parts of an exchange side by side, kept between two steps.
  at::Tensor flat;

  ctorch_group(const std::string &address, uint16_t port, int rank, int size, double seconds, const char *interface)
      : rank(rank), size(size), seconds(seconds) {
    TORCH_CHECK(size > 1 && rank >= 0 && rank < size, "there is no rank ", rank, " of ", size);
    // gloo writes to sockets whose other end may be gone; that must be an error, not the end of the process.
    struct sigaction action = {};
    if (sigaction(SIGPIPE, nullptr, &action) == 0 && action.sa_handler == SIG_DFL) signal(SIGPIPE, SIG_IGN);
    const auto timeout = Milliseconds(static_cast<int64_t>(seconds * 1000));
    auto options = c10d::ProcessGroupGloo::Options::create(timeout);
    options->threads = 1;
    options->devices.push_back(
        interface ? c10d::ProcessGroupGloo::createDeviceForInterface(interface)
                  : c10d::ProcessGroupGloo::createDeviceForHostname(local_address(address, port)));
    const QuietLog quiet;
    try {
      c10d::TCPStoreOptions place;
      place.port = port;
      place.isServer = rank == 0;
      place.numWorkers = size;
      place.timeout = timeout;
      auto meeting = c10::make_intrusive<MeetingPlace>("antiphon", c10::make_intrusive<c10d::TCPStore>(address, place));
      ranks = c10::make_intrusive<c10d::ProcessGroupGloo>(meeting, rank, size, options);
      // Rank 0 serves the meeting place, so it leaves last.
      wait(ranks->barrier());
      if (rank > 0) meeting->leave();
      wait(ranks->barrier());
      meeting->leave();
    } catch (const std::exception &e) {
      TORCH_CHECK(false, "rank ", rank, " of ", size, " did not meet all the others at ", address, ":", port,
                  " within ", seconds, " s (", reason(e.what()),
                  "); start all ranks, with the same MASTER_ADDR and MASTER_PORT");
    }
  }

  /// One exchange; its failure closes the connections and names the cause.
  template <typename Body>
  void exchange(Body &&body) {
    TORCH_CHECK(ranks, "another rank was lost before");
    std::string cause;
    try {
      body();
      return;
    } catch (const std::exception &e) {
      cause = reason(e.what());
    }
    ranks.reset();
    TORCH_CHECK(false, "another rank was lost: ", cause);
  }

  /// Waits for an exchange; gloo's own timeout ends it.
  static void wait(const c10::intrusive_ptr<c10d::Work> &work) { work->wait(); }

  void sum(at::Tensor values) {
    exchange([&] {
      std::vector<at::Tensor> all = {values};
      wait(ranks->allreduce(all));
    });
  }

  void reserve(int64_t count, at::ScalarType type) {
    if (!flat.defined() || flat.numel() != count || flat.scalar_type() != type) {
      flat = at::empty({count}, at::TensorOptions().dtype(type));
    }
  }
};

bool ctorch_group_available(void) { return true; }

ctorch_group *ctorch_group_join(const char *address, uint16_t port, int rank, int size, double seconds,
                                const char *interface, ctorch_error error) {
  return guarded<ctorch_group *>(
      error, nullptr, [&] { return new ctorch_group(address, port, rank, size, seconds, interface); });
}

void ctorch_group_free(ctorch_group *group) { delete group; }

bool ctorch_group_average(ctorch_group *group, ctorch_tensor *const *tensors, size_t count, bool gradients,
                          ctorch_error error) {
  return effect(error, [&] {
    at::NoGradGuard unrecorded;
    std::vector<at::Tensor> parts;
    int64_t total = 0;
    auto type = at::kFloat;
    for (size_t i = 0; i < count; ++i) {
      at::Tensor part = tensors[i]->value;
      TORCH_CHECK(part.is_floating_point(), "only tensors of floating-point numbers have a mean");
      if (part.scalar_type() == at::kDouble) type = at::kDouble;
      if (gradients) {
        at::Tensor &gradient = tensors[i]->value.mutable_grad();
        if (!gradient.defined()) gradient = at::zeros_like(part);
        part = gradient;
      }
      parts.push_back(part);
      total += part.numel();
    }
    group->reserve(total, type);
    int64_t at = 0;
    for (const at::Tensor &part : parts) {
      group->flat.narrow(0, at, part.numel()).view(part.sizes()).copy_(part);
      at += part.numel();
    }
    group->sum(group->flat);
    group->flat.mul_(1.0 / group->size);
    at = 0;
    for (const at::Tensor &part : parts) {
      part.copy_(group->flat.narrow(0, at, part.numel()).view(part.sizes()));
      at += part.numel();
    }
  });
}

bool ctorch_group_broadcast(ctorch_group *group, ctorch_tensor *const *tensors, size_t count, ctorch_error error) {
  return effect(error, [&] {
    at::NoGradGuard unrecorded;
    std::vector<at::Tensor> parts;
    int64_t total = 0;
    for (size_t i = 0; i < count; ++i) {
      parts.push_back(tensors[i]->value.detach().cpu().contiguous());
      total += static_cast<int64_t>(parts.back().nbytes());
    }
    at::Tensor bytes = at::empty({total}, at::TensorOptions().dtype(at::kByte));
    auto *place = bytes.data_ptr<uint8_t>();
    if (group->rank == 0) {
      for (const at::Tensor &part : parts) {
        std::memcpy(place, part.data_ptr(), part.nbytes());
        place += part.nbytes();
      }
    }
    group->exchange([&] {
      std::vector<at::Tensor> all = {bytes};
      ctorch_group::wait(group->ranks->broadcast(all));
    });
    if (group->rank == 0) return;
    for (size_t i = 0; i < count; ++i) {
      std::memcpy(parts[i].data_ptr(), place, parts[i].nbytes());
      place += parts[i].nbytes();
      // A contiguous tensor of the CPU was not copied above and has its values already.
      if (!parts[i].is_alias_of(tensors[i]->value)) tensors[i]->value.copy_(parts[i]);
    }
  });
}

bool ctorch_group_sum(ctorch_group *group, double *values, size_t count, ctorch_error error) {
  return effect(error, [&] {
    if (count == 0) return;
    at::Tensor sums = at::empty({static_cast<int64_t>(count)}, at::TensorOptions().dtype(at::kDouble));
    std::memcpy(sums.data_ptr(), values, sums.nbytes());
    group->sum(sums);
    std::memcpy(values, sums.data_ptr(), sums.nbytes());
  });
}

bool ctorch_group_gather(ctorch_group *group, const ctorch_tensor *tensor, ctorch_tensor **gathered,
                         ctorch_error error) {
  return effect(error, [&] {
    at::NoGradGuard unrecorded;
    const at::Tensor own = tensor->value.detach().cpu().contiguous();
    std::vector<std::vector<at::Tensor>> outputs(1);
    for (int rank = 0; rank < group->size; ++rank) outputs[0].push_back(at::empty_like(own));
    group->exchange([&] {
      std::vector<at::Tensor> inputs = {own};
      ctorch_group::wait(group->ranks->allgather(outputs, inputs));
    });
    for (int rank = 0; rank < group->size; ++rank) {
      gathered[rank] = new ctorch_tensor{outputs[0][static_cast<size_t>(rank)].to(tensor->value.device())};
    }
  });
}

bool ctorch_group_barrier(ctorch_group *group, ctorch_error error) {
  return effect(error, [&] { group->exchange([&] { ctorch_group::wait(group->ranks->barrier()); }); });
}

#else

using namespace ctorch;

struct ctorch_group {};

namespace {

bool missing(ctorch_error error) {
  report(error, "this build of libtorch has no gloo, through which ranks exchange gradients; install libgloo-dev "
                "beside Debian's libtorch-dev and build again, or train with one rank");
  return false;
}

}  // namespace

bool ctorch_group_available(void) { return false; }
ctorch_group *ctorch_group_join(const char *, uint16_t, int, int, double, const char *, ctorch_error error) {
  missing(error);
  return nullptr;
}
void ctorch_group_free(ctorch_group *) {}
bool ctorch_group_average(ctorch_group *, ctorch_tensor *const *, size_t, bool, ctorch_error error) {
  return missing(error);
}
bool ctorch_group_broadcast(ctorch_group *, ctorch_tensor *const *, size_t, ctorch_error error) {
  return missing(error);
}
bool ctorch_group_sum(ctorch_group *, double *, size_t, ctorch_error error) { return missing(error); }
bool ctorch_group_gather(ctorch_group *, const ctorch_tensor *, ctorch_tensor **, ctorch_error error) {
  return missing(error);
}
bool ctorch_group_barrier(ctorch_group *, ctorch_error error) { return missing(error); }

#endif
