/// The workers of one stream: copies of the process, forked in the state that it is in.
#pragma once

#include <stddef.h>
#include <sys/types.h>

#include "runtime/src/cores/parted_work.h"
#include "runtime/src/cores/piece_ring.h"

namespace pflow::rt {

class Workers {
 public:
  Workers() = default;
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;
  ~Workers() { stop(); }

  /// At most so many: false when there is not one, as the machine does not let us.
  [[nodiscard]] bool start(const PartedWork& work, size_t count);
  void stop();

  /// The oldest piece of the part that is still there; null: its worker has died, or the process
  /// was asked to end.
  [[nodiscard]] Piece* piece_of(int64_t part);
  /// The piece that was given last may be filled again.
  void release(int64_t part) { rings_[worker_of(part)].release(); }

 private:
  [[nodiscard]] size_t worker_of(int64_t part) const { return static_cast<size_t>(part) % count_; }
  [[nodiscard]] bool is_alive(size_t worker);

  PieceRing* rings_ = nullptr;  ///< shared memory
  pid_t* processes_ = nullptr;  ///< 0: it has died
  size_t count_ = 0;
};

}  // namespace pflow::rt
