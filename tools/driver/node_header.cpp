#include "tools/driver/node_header.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

#include "runtime/include/pflow/tables/types.h"

namespace pflow {
namespace {

/// How a type is spelled in C.
struct CType {
  std::string text;  ///< `pf_str`
  std::string stem;  ///< `str`: its optional is `pf_opt_str`
};

CType c_type(tables::Form form) {
  using tables::Form;
  switch (form) {
    case Form::Text: return {"pf_str", "str"};
    case Form::Int: return {"int64_t", "int"};
    case Form::Float: return {"double", "float"};
    case Form::Bool: return {"bool", "bool"};
    case Form::Command: return {"pf_cmd", "cmd"};
    case Form::Query: return {"pf_sql", "sql"};
    case Form::Json: return {"pf_json", "json"};
    case Form::List:
    case Form::Map: return {"pf_list", "list"};
    case Form::Stream: return {"pf_stream *", "stream"};
    case Form::Tool: return {"const pf_tool *", "tool"};
    case Form::Opt:
    case Form::Record:
    case Form::Sum: break;
  }
  return {};
}

/// The form of a built-in type, by its first word.
std::optional<tables::Form> builtin_form(std::string_view word) {
  using tables::Form;
  if (word == "display" || word == "regex") return Form::Text;
  if (word == "map") return Form::Map;
  if (word == "stream") return Form::Stream;
  for (const tables::TypeFacts& type : tables::kTypes)
    if (type.word != nullptr && type.word == word) return type.form;
  return std::nullopt;
}

/// Words (and macros) that may name a port or field but no member of a C or C++ struct.
constexpr std::array<std::string_view, 80> kReserved{
    "alignas",  "alignof",   "asm",       "auto",     "bool",         "break",     "case",
    "catch",    "char",      "class",     "concept",  "const",        "constexpr", "continue",
    "co_await", "co_return", "co_yield",  "decltype", "default",      "delete",    "do",
    "double",   "else",      "enum",      "explicit", "export",       "extern",    "false",
    "float",    "for",       "friend",    "goto",     "if",           "inline",    "int",
    "long",     "mutable",   "namespace", "new",      "noexcept",     "not",       "nullptr",
    "operator", "or",        "and",       "private",  "protected",    "public",    "register",
    "requires", "restrict",  "return",    "short",    "signed",       "sizeof",    "static",
    "struct",   "switch",    "template",  "this",     "thread_local", "throw",     "true",
    "try",      "typedef",   "typeid",    "typename", "union",        "unsigned",  "using",
    "virtual",  "void",      "volatile",  "wchar_t",  "while",        "xor",       "stdin",
    "stdout",   "stderr",    "errno",
};

std::string member_name(std::string_view name) {
  std::string made(name);
  if (std::ranges::find(kReserved, name) != kReserved.end()) made += '_';
  return made;
}

class HeaderWriter {
 public:
  HeaderWriter(const ast::File& interface, const Interner& names, std::string_view module)
      : interface_(interface), names_(names), module_(module) {
    for (const ast::Decl* decl : interface.decls) by_name_[decl->name.symbol] = decl;
  }

  std::string write() {
    for (const ast::Decl* decl : interface_.decls) {
      if (decl->kind == ast::DeclKind::Schema) record(ast::as<ast::SchemaDecl>(*decl));
      if (decl->kind == ast::DeclKind::Alias) variants(ast::as<ast::AliasDecl>(*decl));
      if (decl->kind == ast::DeclKind::Extern) node(ast::as<ast::ExternDecl>(*decl));
    }
    return "/* Made from " + module_ + ".pf by pflowc --emit-node-header. */\n" +
           "#pragma once\n\n#include \"pflow/abi.h\"\n\n" +
           "#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n" + body_ +
           "#ifdef __cplusplus\n}\n#endif\n";
  }

 private:
  const ast::Decl* declared(const ast::TypeExpr& type) const {
    if (type.kind != ast::TypeExprKind::Named) return nullptr;
    auto found = by_name_.find(type.name);
    return found == by_name_.end() ? nullptr : found->second;
  }

  /// What an alias stands for, and the schema of a type that is one.
  const ast::TypeExpr* resolve(const ast::TypeExpr* type) const {
    const ast::Decl* decl = declared(*type);
    if (decl == nullptr || decl->kind != ast::DeclKind::Alias) return type;
    return resolve(ast::as<ast::AliasDecl>(*decl).type);
  }
  const ast::SchemaDecl* schema(const ast::TypeExpr& type) const {
    const ast::Decl* decl = declared(*resolve(&type));
    if (decl == nullptr || decl->kind != ast::DeclKind::Schema) return nullptr;
    return &ast::as<ast::SchemaDecl>(*decl);
  }

  /// Whether a value of `type` holds one of `target` without a list or map between.
  bool holds(const ast::TypeExpr& type, const ast::SchemaDecl& target,
             std::set<const ast::SchemaDecl*>& seen) const {
    const ast::TypeExpr& plain = *resolve(&type);
    if (plain.kind == ast::TypeExprKind::Opt) return holds(*plain.parts[0], target, seen);
    const ast::SchemaDecl* held = schema(plain);
    if (held == nullptr || held == &target) return held != nullptr;
    return seen.insert(held).second && holds_in_field(*held, target, seen);
  }
  bool holds_in_field(const ast::SchemaDecl& schema, const ast::SchemaDecl& target,
                      std::set<const ast::SchemaDecl*>& seen) const {
    return std::ranges::any_of(schema.fields, [&](const ast::SchemaField& field) {
      return holds(*field.type, target, seen);
    });
  }
  /// Whether an optional of it is a list of one or none.
  bool is_boxed(const ast::SchemaDecl& schema) const {
    std::set<const ast::SchemaDecl*> seen;
    return holds_in_field(schema, schema, seen);
  }

  /// Whether `type` holds a type parameter elsewhere than inside a list, map or stream.
  bool is_by_address(const ast::TypeExpr& type) const {
    if (type.kind == ast::TypeExprKind::List) return false;
    if (type.kind != ast::TypeExprKind::Named)
      return type.kind == ast::TypeExprKind::Opt && is_by_address(*type.parts[0]);
    if (type_params_.contains(type.name)) return true;
    std::string_view word = names_.text(type.name);
    if (word == "map" || word == "stream") return false;
    return std::ranges::any_of(type.parts, [&](auto* part) { return is_by_address(*part); });
  }

  CType builtin_or_declared(const ast::TypeExpr& type) {
    std::string_view word = names_.text(type.name);
    if (auto form = builtin_form(word)) return c_type(*form);
    if (!type.parts.empty()) return builtin_record(type, word);
    const ast::SchemaDecl* held = schema(type);
    if (held == nullptr) {
      const ast::TypeExpr& plain = *resolve(&type);
      return &plain == &type ? CType{"pf_str", "str"} : this->type(plain);
    }
    record(*held);
    return {std::string(word), std::string(word)};
  }

  /// `Pair<A, B>`, `Indexed<T>` and `KeyValue<T>`.
  CType builtin_record(const ast::TypeExpr& type, std::string_view word) {
    std::vector<CType> parts;
    for (const ast::TypeExpr* part : type.parts) parts.push_back(this->type(*part));
    std::string name(word);
    for (const CType& part : parts) name += "_" + part.stem;
    std::string members;
    if (word == "Pair" && parts.size() == 2)
      members = "  " + parts[0].text + " first;\n  " + parts[1].text + " second;\n";
    else if (word == "Indexed")
      members = "  int64_t index;\n  " + parts[0].text + " value;\n";
    else
      members = "  pf_str key;\n  " + parts[0].text + " value;\n";
    if (written_.insert(name).second) structure(name, members);
    return {name, name};
  }

  CType union_of(const ast::TypeExpr& type) {
    if (schema(*type.parts[0]) != nullptr) return {"pf_sum", "sum"};
    return {"pf_str", "str"};
  }

  /// The C type of `type`; the structs that it needs are written before.
  CType type(const ast::TypeExpr& type) {
    switch (type.kind) {
      case ast::TypeExprKind::Named: return builtin_or_declared(type);
      case ast::TypeExprKind::List: return {"pf_list", "list"};
      case ast::TypeExprKind::Opt: return optional(*type.parts[0]);
      case ast::TypeExprKind::Union: return union_of(type);
      case ast::TypeExprKind::Calls: return {"pf_sum", "sum"};
      case ast::TypeExprKind::Literal: break;
    }
    return {"pf_str", "str"};
  }

  CType optional(const ast::TypeExpr& type) {
    if (const ast::SchemaDecl* held = schema(type); held != nullptr && is_boxed(*held))
      return {"pf_list", "list"};
    CType element = this->type(type);
    if (element.text.starts_with("pf_opt_")) return element;
    std::string name = "pf_opt_" + element.stem;
    if (written_.insert(name).second) {
      std::string guard = "PF_OPT_" + element.stem;
      body_ += "#ifndef " + guard + "\n#define " + guard + "\ntypedef struct " + name + " {\n  " +
               element.text + " value;\n  bool has;\n} " + name + ";\n#endif\n\n";
    }
    return {name, element.stem};
  }

  void record(const ast::SchemaDecl& schema) {
    std::string name(names_.text(schema.name.symbol));
    if (!written_.insert(name).second) return;
    std::string members;
    for (const ast::SchemaField& field : schema.fields) {
      members += member(field.name, *field.type);
    }
    structure(name, members);
  }

  /// The numbers of the variants of a sum that has a name: they count in the order of the names.
  void variants(const ast::AliasDecl& alias) {
    if (alias.type->kind != ast::TypeExprKind::Union || schema(*alias.type->parts[0]) == nullptr)
      return;
    std::set<std::string_view> words;
    for (const ast::TypeExpr* part : alias.type->parts)
      if (const ast::SchemaDecl* variant = schema(*part))
        words.insert(names_.text(variant->name.symbol));
    body_ += "enum {\n";
    for (std::string_view word : words)
      body_ += "  " + std::string(names_.text(alias.name.symbol)) + "_" + std::string(word) + ",\n";
    body_ += "};\n\n";
  }

  void node(const ast::ExternDecl& node) {
    std::string name(names_.text(node.name.symbol));
    std::string descriptors;
    for (const ast::Name& param : node.type_params) {
      type_params_.insert(param.symbol);
      descriptors += "  const pf_type *type_" + std::string(names_.text(param.symbol)) + ";\n";
    }
    structure(name + "_in", descriptors + ports(node.params, "const void *"));
    structure(name + "_out", ports(node.outputs, "void *"));
    type_params_.clear();
    std::string function = "pfn_" + module_ + "_" + name;
    body_ += "pf_status " + function + "(pf_call *call, const " + name + "_in *in, " + name +
             "_out *out);\n";
    if (node.attributes.preflight) {
      body_ += "bool " + function + "_preflight(const pf_site *const *sites, size_t count);\n";
    }
    if (node.attributes.settings) {
      body_ += "void " + function +
               "_settings(pf_settings *to, const pf_site *const *sites, size_t count);\n";
    }
    if (node.attributes.offline)
      body_ += "bool " + function + "_offline(const " + name + "_in *in);\n";
    if (node.attributes.repeatable)
      body_ += "bool " + function + "_repeatable(const " + name + "_in *in);\n";
    if (node.attributes.scripted) {
      body_ += "typedef struct " + name + "_scripted_in {\n  " + name +
               "_in call;\n  pf_str answer;\n} " + name + "_scripted_in;\n";
      body_ += "pf_status " + function + "_scripted(pf_call *call, const " + name +
               "_scripted_in *in, " + name + "_out *out);\n";
    }
    body_ += "\n";
  }

  /// `address` is how a pointer to a value of a type parameter is spelled.
  std::string ports(std::span<const ast::Port> ports, const std::string& address) {
    std::string members;
    for (const ast::Port& port : ports) {
      if (port.is_type) continue;
      members +=
          is_by_address(*port.type) ? member(port.name, address) : member(port.name, *port.type);
    }
    return members;
  }

  std::string member(const ast::Name& name, const ast::TypeExpr& type) {
    return member(name, this->type(type).text);
  }

  std::string member(const ast::Name& name, const std::string& type) {
    const char* gap = type.ends_with('*') ? "" : " ";
    return "  " + type + gap + member_name(names_.text(name.symbol)) + ";\n";
  }

  void structure(const std::string& name, const std::string& members) {
    body_ += "typedef struct " + name + " {\n" +
             (members.empty() ? "  char none; /* C has no empty struct */\n" : members) + "} " +
             name + ";\n\n";
  }

  const ast::File& interface_;
  const Interner& names_;
  std::string module_;
  std::string body_;
  std::set<std::string> written_;
  std::unordered_map<Symbol, const ast::Decl*> by_name_;
  std::set<Symbol> type_params_;  ///< of the node at hand
};

}  // namespace

std::string node_header(const ast::File& interface, const Interner& names,
                        std::string_view module) {
  return HeaderWriter(interface, names, module).write();
}

}  // namespace pflow
