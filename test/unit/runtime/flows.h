/// Hand-made flows over a scripted node, run in this process and in virtual time.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "pflow/abi.h"
#include "test/unit/runtime/values.h"

namespace flows {

constexpr int64_t kSecond = 1'000'000'000;

/// What the one stage of a flow does.
struct Act {
  int64_t seconds = 0;          ///< 0: ends at once
  const char* fails = nullptr;  ///< the message; null: it succeeds
  pf_error_kind kind = PF_E_NETWORK;
  int status = 0;
  int64_t retry_after = -1;  ///< seconds
  bool once = false;
  bool gathers = false;  ///< waits first for those of the other items
};
/// Asked at each start of `kFlow`, which is logged: `start 3`, `end 3`, `cancel 3`; and `gathered
/// 2` of two items.
inline std::function<Act(int64_t item)> script;
inline std::vector<std::string> log;

/// (item: int, prefix: str) -> (result: str): the prefix, then the item.
extern const pf_frame_info kFlow;
/// The same without a result.
extern const pf_frame_info kSilentFlow;
/// The block of its arguments.
struct Arguments {
  int64_t item;
  pf_str prefix;
};
/// The block of the arguments of an `each` of it.
struct EachArguments {
  pf_list items;
  pf_str prefix;
};

struct Ended {
  bool failed = false;
  std::string failure;  ///< `kind: message`
  int64_t seconds = 0;  ///< on the virtual clock
};
/// Runs a flow whose one stage is what `start` starts.
Ended run(std::function<int32_t(pf_frame* frame)> start);
/// The same, cancelled after that many seconds, as by a signal.
Ended run_cancelled(std::function<int32_t(pf_frame* frame)> start, int64_t after);

/// How many flows were started.
int64_t starts();
/// The most that were waiting at one time.
int64_t most_waiting();

}  // namespace flows
