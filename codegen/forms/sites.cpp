#include "codegen/forms/sites.h"

#include <algorithm>

namespace pflow::codegen {
namespace {

uint32_t code_points(std::string_view text) {
  return static_cast<uint32_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

struct Place {
  std::string_view file;
  std::string_view line_text;
  uint32_t line = 0;
  uint32_t column = 0;
  uint32_t length = 0;
};

/// A span of several lines is cut at the end of its first.
Place place_of(const SourceMap& sources, Span span) {
  if (!span.valid()) return {};
  LineColumn at = sources.line_column(span.file, span.begin);
  std::string_view text = sources.text(span);
  text = text.substr(0, text.find_first_of("\r\n"));
  return {sources.name(span.file), sources.line(span.file, at.line), at.line, at.column,
          code_points(text)};
}

}  // namespace

llvm::Constant* Sites::of(ir::SiteId site) {
  auto [at, fresh] = named_.try_emplace(site.index);
  if (fresh) at->second = make(module_.sites[site.index]);
  return at->second;
}

llvm::Constant* Sites::of(Span span) {
  auto [at, fresh] = places_.try_emplace({span.file.index, span.begin, span.end});
  if (fresh) {
    ir::Site site;
    site.span = span;
    at->second = make(site);
  }
  return at->second;
}

llvm::Constant* Sites::make(const ir::Site& site) {
  Place place = place_of(sources_, site.span);
  if (!has_places_) place = {.file = place.file};
  size_t count = site.literals.size() + site.dynamic.size();
  llvm::GlobalVariable* made = constants_.global(
      types_.site,
      llvm::ConstantStruct::get(
          types_.site, {constants_.c_text(site.id), constants_.c_text(site.node),
                        constants_.c_text(place.file), constants_.c_text(place.line_text),
                        constants_.i32(place.line), constants_.i32(place.column),
                        constants_.i32(place.length), constants_.i32(count), literals(site)}));
  made->setName("site");
  return made;
}

llvm::Constant* Sites::literals(const ir::Site& site) {
  std::vector<llvm::Constant*> made;
  for (const auto& [port, text] : site.literals)
    made.push_back(llvm::ConstantStruct::get(types_.literal,
                                             {constants_.c_text(port), constants_.c_text(text)}));
  for (const std::string& port : site.dynamic)
    made.push_back(
        llvm::ConstantStruct::get(types_.literal, {constants_.c_text(port), constants_.null()}));
  return constants_.array(types_.literal, made);
}

}  // namespace pflow::codegen
