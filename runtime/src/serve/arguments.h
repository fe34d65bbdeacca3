/// What a caller gives a flow.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "pflow/serve.h"

namespace pflow::serve {

/// A block of arguments of a flow.
class Arguments {
 public:
  explicit Arguments(const pf_served& flow);
  Arguments(const Arguments&) = delete;
  Arguments& operator=(const Arguments&) = delete;
  ~Arguments();

  /// Reads the members of an object, whose text `json` is. Empty, or what is wrong with them.
  [[nodiscard]] std::string read(const boost::json::object& object, std::string_view json);
  [[nodiscard]] const void* block() const { return block_; }

 private:
  const pf_type& type_;
  void* block_;
};

/// A JSON text from outside; the message when it is none.
[[nodiscard]] boost::json::value parse_json(std::string_view text, std::string& problem);

}  // namespace pflow::serve
