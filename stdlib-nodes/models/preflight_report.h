/// What the preflights of this module find.
#pragma once

#include <string>
#include <vector>

#include "pflow/abi.h"
#include "stdlib-nodes/models/choice/provider.h"

namespace pf_models {

/// Reports each problem once.
class PreflightReport {
 public:
  /// `help` may be null.
  void fail(const pf_site* site, const char* help, const std::string& problem);
  /// Its address, its key, and the client that asks it.
  void check_provider(const pf_site* site, const Provider& provider);
  /// For something that has been reported.
  void reject() { passed_ = false; }
  [[nodiscard]] bool passed() const { return passed_; }

 private:
  std::vector<std::string> problems_;
  std::vector<const Provider*> checked_;
  bool passed_ = true;
};

}  // namespace pf_models
