#include "lines.h"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/stream_parser.hpp>
#include <boost/json/value.hpp>

#include "pflow/abi.h"
#include "stdlib-nodes/models/json_members.h"

namespace pf_models {
namespace {

/// Whether the line holds a value by itself; a body that is one value is spread over lines.
bool holds_value(std::string_view line) {
  boost::json::stream_parser parser;
  boost::system::error_code error;
  parser.write(line.data(), line.size(), error);
  if (!error) parser.finish(error);
  return !error;
}

}  // namespace

void LineReader::add(std::string_view bytes) {
  for (size_t end; (end = bytes.find('\n')) != bytes.npos;) {
    if (line_.empty())
      take_line(bytes.substr(0, end));
    else
      take_line(line_.append(bytes.substr(0, end)));
    line_.clear();
    bytes.remove_prefix(end + 1);
  }
  line_.append(bytes);
}

void LineReader::finish() {
  take_line(line_);
  line_.clear();
}

void LineReader::take_line(std::string_view line) {
  if (first_line_) line.remove_prefix(pf_byte_order_mark(line.data(), line.size()));
  if (is_blank(line)) return;
  if (first_line_) recognised_ = holds_value(line);
  first_line_ = false;
  events_.push_back({"", std::string(line)});
}

}  // namespace pf_models
