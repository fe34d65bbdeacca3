/// Work on an index, done on a worker thread for a call that waits.
#pragma once

#include <atomic>
#include <memory>

#include "index_file.h"
#include "pflow/loop.h"
#include "pflow/node.hpp"

namespace pf_index {

/// Made for one call, destroyed with it.
class Work {
 public:
  Work(pf_call* call, std::string path) : place{std::move(path), &stopped_}, call_(call) {}
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;
  virtual ~Work() = default;

  /// On the worker thread.
  virtual Problem run() = 0;
  /// On the loop's, when it went well: what the call gives.
  virtual void give() {}

  /// The call is pending then.
  static pf_status start(std::unique_ptr<Work> work);

 protected:
  Place place;

 private:
  pf_status end();

  uv_work_t request_{};
  std::atomic<bool> stopped_{false};
  pf_call* call_;
  Problem problem_;
};

/// The path as text; false after the call was failed.
bool take_path(pf_call* call, const pf_str& path, std::string& to);
/// A vector as an index keeps it; false after the call was failed. `name` stands in the error.
bool take_vector(pf_call* call, const std::string& name, const pf_list& from,
                 std::vector<float>& to);

}  // namespace pf_index
