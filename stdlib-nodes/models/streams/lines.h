/// One JSON value a line (NDJSON).
#pragma once

#include "event_reader.h"

namespace pf_models {

class LineReader : public EventReader {
 public:
  void add(std::string_view bytes) override;
  void finish() override;

 private:
  void take_line(std::string_view line);

  std::string line_;  ///< what has come of it
  bool first_line_ = true;
};

}  // namespace pf_models
