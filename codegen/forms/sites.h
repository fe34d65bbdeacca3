/// Constant pf_sites: where in the source something stands that can fail.
#pragma once

#include <map>
#include <tuple>

#include "codegen/forms/constants.h"
#include "ir/ir.h"
#include "support/source.h"

namespace pflow::codegen {

class Sites {
 public:
  Sites(Constants& constants, const AbiTypes& types, const ir::Module& module,
        const SourceMap& sources, bool places)
      : constants_(constants),
        types_(types),
        module_(module),
        sources_(sources),
        has_places_(places) {}

  /// A pointer to the site of a node or flow call.
  llvm::Constant* of(ir::SiteId site);
  /// A pointer to the site of a place that runs no node.
  llvm::Constant* of(Span span);
  /// That of `op`: its own site, else its place.
  llvm::Constant* of(const ir::Op& op) { return op.site.valid() ? of(op.site) : of(op.span); }

 private:
  llvm::Constant* make(const ir::Site& site);
  llvm::Constant* literals(const ir::Site& site);

  Constants& constants_;
  const AbiTypes& types_;
  const ir::Module& module_;
  const SourceMap& sources_;
  bool has_places_;
  std::map<uint32_t, llvm::Constant*> named_;
  std::map<std::tuple<uint32_t, uint32_t, uint32_t>, llvm::Constant*> places_;
};

}  // namespace pflow::codegen
