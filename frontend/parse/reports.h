/// The parser's way to the diagnostics: one file's reports, bounded, so that a
/// file of garbage costs neither memory nor the reader's patience.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "support/diagnostics.h"
#include "support/source.h"

namespace pflow::parse {

class Reports {
 public:
  /// More mistakes than this in one file end the parse.
  static constexpr size_t kLimit = 100;

  Reports(FileId file, Diagnostics& sink)
      : file_(file), sink_(&sink), before_(sink.error_count()) {}

  template <size_t Arity, typename... Args>
  DiagnosticBuilder report(const DiagnosticKind<Arity>& kind, Span span, const Args&... args) {
    return sink_->report(kind, span, args...);
  }

  /// What a message quotes of the source: not a megabyte of it.
  [[nodiscard]] static std::string shorten(std::string_view text) {
    constexpr size_t kMost = 40;
    size_t cut = kMost;
    if (text.size() <= kMost) return std::string(text);
    while ((static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
    return std::string(text.substr(0, cut)) + "…";
  }

  [[nodiscard]] Span span(uint32_t begin, uint32_t end) const { return {file_, begin, end}; }
  [[nodiscard]] size_t count() const { return sink_->error_count() - before_; }
  [[nodiscard]] bool full() const { return count() >= kLimit; }

 private:
  FileId file_;
  Diagnostics* sink_;
  size_t before_;
};

}  // namespace pflow::parse
