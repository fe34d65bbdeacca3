/// What a line of a process says.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pflow/abi.h"

namespace pf_exec {

/// A line without the output of the call, which is read by the types of its node.
struct Answer {
  Answer() = default;
  Answer(const Answer&) = delete;
  Answer& operator=(const Answer&) = delete;
  ~Answer();

  bool is_hello = false;  ///< `{"pflow": 1, "nodes": ["embed"]}`
  int64_t version = 0;
  std::vector<std::string> nodes;  ///< empty: it does not say

  int64_t id = 0;
  bool has_action = false;
  std::string action;
  bool failed = false;
  std::string kind, message;  ///< of the failure; of a kind that is not said `tool`
  pf_json data{};             ///< `error.data`
};

/// False when the line is neither a first line nor an answer.
bool read_answer(std::string_view line, Answer* out);

/// Reads the outputs of a node into `out`, which is zeroed, as `_out` of a node is. False: what is
/// wrong is in `problem`, as `$.output[3]: expected float, found str`.
bool read_output(std::string_view line, const pf_type& output, void* out, std::string* problem);

}  // namespace pf_exec
