#include "tools/driver/packages/rust_bindings.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

namespace pflow::packages {
namespace {

constexpr std::string_view kBegin =
    "// Made from the interface by `pflowc packages build`.\n"
    "include!(concat!(env!(\"PFLOW_HEADERS\"), \"/pflow/abi.rs\"));\n\n";

std::string_view trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t;") + 1 - begin);
}

/// A type as the header spells it.
std::string rust_type(std::string_view c) {
  static const std::map<std::string_view, std::string_view> kTypes = {{"int64_t", "i64"},
                                                                      {"double", "f64"},
                                                                      {"char", "u8"},
                                                                      {"size_t", "usize"},
                                                                      {"void", "c_void"}};
  if (c.ends_with('*')) {
    std::string_view target = trimmed(c.substr(0, c.size() - 1));
    const bool of_pointer = target.ends_with("*const");
    const bool constant = of_pointer || (target.starts_with("const ") && !target.ends_with('*'));
    if (of_pointer)
      target.remove_suffix(5);
    else if (constant)
      target.remove_prefix(6);
    return fmt::format("*{} {}", constant ? "const" : "mut", rust_type(target));
  }
  const auto found = kTypes.find(c);
  return std::string(found == kTypes.end() ? c : found->second);
}

/// `TYPE NAME` as `NAME: TYPE`.
std::string member(std::string_view c) {
  const size_t gap = c.find_last_of(" *");
  const std::string_view type = trimmed(c.substr(0, gap + 1)), name = c.substr(gap + 1);
  return fmt::format("r#{}: {}", name, rust_type(type));
}

/// `pf_status pfn_a_b(A a, B b)` as the type `pfn_a_b_fn`.
std::string function_type(std::string_view c) {
  const size_t open = c.find('(');
  const std::string_view head = c.substr(0, open);
  const size_t gap = head.find_last_of(" *");
  std::string_view rest = c.substr(open + 1);
  rest = rest.substr(0, rest.find_last_of(')'));
  std::vector<std::string> ports;
  while (!rest.empty()) {
    const size_t comma = std::min(rest.find(','), rest.size());
    ports.push_back(member(trimmed(rest.substr(0, comma))));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  const std::string result = rust_type(trimmed(head.substr(0, gap + 1)));
  return fmt::format("pub type {}_fn = unsafe extern \"C\" fn({}){};\n\n", head.substr(gap + 1),
                     fmt::join(ports, ", "), result == "c_void" ? "" : " -> " + result);
}

/// Reads what node_header() writes: a struct, an enum or a prototype at a time.
class BindingsWriter {
 public:
  std::string write(std::string_view header) {
    while (!header.empty()) {
      const size_t end = std::min(header.find('\n'), header.size());
      std::string_view line = header.substr(0, end);
      header.remove_prefix(std::min(end + 1, header.size()));
      // A prototype may go on on the next line.
      while (line.find('(') != line.npos && line.find(')') == line.npos && !header.empty()) {
        const size_t more = std::min(header.find('\n'), header.size());
        line = {line.data(), line.size() + 1 + more};
        header.remove_prefix(std::min(more + 1, header.size()));
      }
      take(line);
    }
    return out_;
  }

 private:
  void take(std::string_view line) {
    if (line.starts_with("typedef struct ")) {
      const std::string_view name = trimmed(line.substr(15, line.find('{') - 15));
      out_ += fmt::format("#[repr(C)]\n#[derive(Clone, Copy)]\npub struct {} {{\n", name);
    } else if (line.starts_with("enum {")) {
      number_ = 0;
    } else if (line.starts_with("} ")) {
      out_ += "}\n\n";
    } else if (line.starts_with("  ") && line.ends_with(',')) {
      out_ += fmt::format("pub const {}: i64 = {};\n", trimmed(line.substr(0, line.size() - 1)),
                          number_++);
    } else if (line.starts_with("  ")) {
      out_ += fmt::format("    pub {},\n", member(trimmed(line.substr(0, line.find(';')))));
    } else if (line.find("pfn_") != line.npos) {
      out_ += function_type(line);
    }
  }

  std::string out_{kBegin};
  int number_ = 0;
};

}  // namespace

std::string rust_bindings(std::string_view header) { return BindingsWriter().write(header); }

}  // namespace pflow::packages
