/// Follows the text of an address: in which part of it an interpolation stands.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "frontend/sema/checked.h"

namespace pflow::sema {

class UrlScanner {
 public:
  /// Why a text is no part of an address, and what to write instead, which may be empty.
  struct Problem {
    std::string_view what;
    std::string_view help;
  };

  /// `is_whole`: there is nothing else. Nothing: it may stand there.
  std::optional<Problem> text(std::string_view text, bool is_whole);
  /// Which hole comes next. Nothing: none may, as a value could become a part of the host.
  std::optional<UrlHole> hole();
  [[nodiscard]] bool behind_base() const { return part_ == Part::AfterBase; }

 private:
  enum class Part : uint8_t { Start, Host, AfterBase, Path, Query, Fragment };

  std::optional<Problem> scheme(std::string_view& text, bool is_whole);
  void advance(std::string_view text);
  Part part_ = Part::Start;
};

}  // namespace pflow::sema
