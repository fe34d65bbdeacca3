#include "sse.h"

#include <stdlib.h>

#include "pflow/abi.h"

namespace pf_models {

void SseReader::add(std::string_view bytes) {
  if (bytes.empty()) return;
  if (behind_return_ && bytes.front() == '\n') bytes.remove_prefix(1);
  behind_return_ = false;
  for (size_t end; (end = bytes.find_first_of("\r\n")) != bytes.npos;) {
    if (line_.empty())
      take_line(bytes.substr(0, end));
    else
      take_line(line_.append(bytes.substr(0, end)));
    line_.clear();
    bool pair = bytes.substr(end).starts_with("\r\n");
    behind_return_ = bytes[end] == '\r' && end + 1 == bytes.size();
    bytes.remove_prefix(end + (pair ? 2 : 1));
  }
  line_.append(bytes);
}

void SseReader::finish() {
  if (!line_.empty()) take_line(line_);
  line_.clear();
  dispatch();
}

void SseReader::take_line(std::string_view line) {
  if (first_line_) line.remove_prefix(pf_byte_order_mark(line.data(), line.size()));
  first_line_ = false;
  if (line.empty()) return dispatch();
  size_t colon = line.find(':');
  if (colon == 0) {
    recognised_ = true;
    return;
  }
  std::string_view value = colon == line.npos ? "" : line.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  take_field(line.substr(0, colon), value);
}

/// Other names, among them ` data` with a blank before it, say nothing.
void SseReader::take_field(std::string_view name, std::string_view value) {
  bool data = name == "data", event = name == "event";
  if (data) event_.data.append(value) += '\n';
  if (event) event_.name = value;
  if (name == "id") last_id_ = value;
  if (name == "retry" && !value.empty() && value.size() < 10 &&
      value.find_first_not_of("0123456789") == value.npos)
    retry_ms_ = strtoll(std::string(value).c_str(), nullptr, 10);
  recognised_ |= data || event || name == "id" || name == "retry";
}

void SseReader::dispatch() {
  if (!event_.data.empty()) {
    event_.data.pop_back();
    events_.push_back(std::move(event_));
  }
  event_ = {};
}

}  // namespace pf_models
