/// A request and its answer, as a cassette holds them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace pflow::cassettes {

struct Header {
  std::string name;
  std::vector<std::string> values;  ///< in the order received
};

struct Interaction {
  uint32_t line = 0;  ///< where it begins in the file; 0: not read from one

  std::string method;
  std::string url;
  std::vector<Header> request_headers;
  std::string request_body;

  int status = 0;
  std::string reason;
  std::vector<Header> headers;
  std::string body;  ///< as it came; its headers say whether it is compressed

  bool played = false;
};

}  // namespace pflow::cassettes
