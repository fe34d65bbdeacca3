/// Interned names: one `Symbol` per spelling, compared as an integer.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "support/ids.h"

namespace pflow {

using Symbol = Id<struct SymbolTag>;

class Interner {
 public:
  Symbol intern(std::string_view text) {
    if (auto found = index_.find(text); found != index_.end()) return found->second;
    Symbol symbol(texts_.size());
    index_.emplace(texts_.emplace_back(text), symbol);
    return symbol;
  }

  /// The symbol of the text, or none when it was never interned.
  [[nodiscard]] Symbol find(std::string_view text) const {
    auto found = index_.find(text);
    return found == index_.end() ? Symbol() : found->second;
  }

  /// Stays valid as long as the interner.
  [[nodiscard]] std::string_view text(Symbol symbol) const { return texts_[symbol.index]; }

 private:
  std::deque<std::string> texts_;
  std::unordered_map<std::string_view, Symbol> index_;
};

}  // namespace pflow
