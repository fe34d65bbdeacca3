#include "frontend/query/completion_list.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/query/entity.h"
#include "frontend/query/signature_text.h"
#include "frontend/query/words.h"
#include "frontend/sema/calls/builtins.h"
#include "frontend/sema/types/conversions.h"

namespace pflow::query {

void CompletionList::add(CompletionItem item) {
  if (item.label.find(kProbeName) != std::string::npos) return;
  if (seen_.insert(item.label).second) items_.push_back(std::move(item));
}

std::vector<CompletionItem> CompletionList::take() {
  std::ranges::stable_sort(items_, {}, &CompletionItem::rank);
  return std::move(items_);
}

void CompletionList::declared(const ast::Decl& decl, std::string_view name, int rank) {
  bool type = sema::declares_type(decl);
  add({type ? ItemKind::Type : ItemKind::Node, std::string(name),
       declaration_text(decl, s_.sources, s_.names), std::string(decl.doc),
       type ? std::string() : fmt::format("{}($0)", name), rank});
}

void CompletionList::callables() {
  const sema::VisibleNames& visible = s_.checked.visible;
  std::vector<Symbol> own = visible.callables_in(s_.file());
  std::ranges::sort(own, {}, [&](Symbol name) { return s_.text(name); });
  for (Symbol name : own)
    if (const ast::Decl* decl = visible.callable(name, s_.file());
        decl != nullptr && !standard_.declare(s_.text(name)) && s_.text(name) != "main")
      declared(*decl, s_.text(name), 2);
  for (const StandardName& each : standard_.all()) {
    // Calls of these are made of blocks `cassette`; nobody writes them.
    if (sema::declares_type(*each.decl) || each.module == "recordings") continue;
    std::string name(standard_.names().text(each.decl->name.symbol));
    add({ItemKind::Node, name, signature_text(*each.decl, standard_.sources(), standard_.names()),
         fmt::format("{}\n\nstandard node, `{}`", each.decl->doc, each.module),
         fmt::format("{}($0)", name), 3});
  }
  for (const sema::BuiltinInfo& builtin : sema::all_builtins())
    add({ItemKind::Node, std::string(builtin.name), builtin_signature(builtin.name),
         builtin_text(builtin.name), fmt::format("{}($0)", builtin.name), 3});
}

void CompletionList::types(int rank) {
  const sema::VisibleNames& visible = s_.checked.visible;
  std::vector<Symbol> own = visible.types_in(s_.file());
  std::ranges::sort(own, {}, [&](Symbol name) { return s_.text(name); });
  for (Symbol name : own)
    if (const ast::Decl* decl = visible.type(name, s_.file())) declared(*decl, s_.text(name), rank);
  for (const tables::TypeFacts& type : tables::kTypes)
    if (type.word != nullptr) add({ItemKind::Type, type.word, "type", {}, {}, rank + 1});
  for (std::string_view generic : {"map", "stream"})
    add({ItemKind::Type,
         std::string(generic),
         "type",
         {},
         fmt::format("{}<$0>", generic),
         rank + 1});
}

void CompletionList::keys(const ast::Decl& decl, uint32_t offset, ir::TypeId asked) {
  for (sema::KeyId id : keys_in_sight(s_, decl, offset)) {
    const sema::Key& key = s_.program().key(id);
    bool known = key.type.valid() && !s_.types.is(key.type, ir::TypeKind::Error);
    bool fits = known && asked.valid() && sema::converts(s_.types, key.type, asked);
    add({ItemKind::Key,
         std::string(s_.text(key.name)),
         known ? s_.types.name(key.type) : std::string(),
         {},
         {},
         fits ? 0 : 1});
  }
}

void CompletionList::literals(ir::TypeId asked, bool quoted) {
  if (!asked.valid()) return;
  ir::TypeId type = sema::unwrapped(s_.types, asked);
  for (const std::string& literal : s_.types.get(type).literals) {
    std::string text = quoted ? fmt::format("\"{}\"", literal) : literal;
    add({ItemKind::Literal, text, s_.types.name(type), {}, {}, 0});
  }
  if (quoted && s_.types.is(type, ir::TypeKind::Bool))
    for (std::string_view word : {"true", "false"})
      add({ItemKind::Literal, std::string(word), "bool", {}, {}, 0});
}

void CompletionList::variants(ir::TypeId subject) {
  if (!subject.valid()) return;
  for (ir::TypeId variant : s_.types.get(sema::unwrapped(s_.types, subject)).variants)
    add({ItemKind::Type, s_.types.name(variant), "variant", {}, {}, 0});
}

void CompletionList::members(const ast::Expr& base, const ast::Decl* decl, uint32_t offset) {
  if (base.kind == ast::ExprKind::Name && decl != nullptr)
    for (const LabelInSight& label : labels_in_sight(*decl, offset)) {
      if (label.name.symbol != ast::as<ast::NameExpr>(base).name) continue;
      if (label.stage->each != nullptr)
        for (std::string_view name : {"results", "skipped", "errors"})
          add({ItemKind::Port, std::string(name), "output of `each`", {}, {}, 0});
      const ast::Expr* run = label.stage->expr;
      const ast::Decl* node = run != nullptr && run->kind == ast::ExprKind::Call
                                  ? callee(ast::as<ast::CallExpr>(*run))
                                  : nullptr;
      if (node != nullptr)
        for (const ast::Port& output : outputs_of(*node))
          if (output.name.symbol.valid()) port(ItemKind::Port, output, "", 0);
      return;
    }
  ir::TypeId type = s_.type_of(base);
  for (const ir::Field& field : s_.types.get(sema::unwrapped(s_.types, type)).fields)
    add({ItemKind::Field, field.name, s_.types.name(field.type), field.doc, {}, 0});
  methods(type);
}

/// Whether a value of the type can stand before `.node()`.
bool CompletionList::takes(const ast::Decl& node, ir::TypeId type) const {
  std::span<const ast::Port> ports = ports_of(node);
  const ast::Port* fed = nullptr;
  for (const ast::Port& port : ports)
    if (port.marked_in || (fed == nullptr && ports.size() == 1)) fed = &port;
  if (fed == nullptr || fed->type == nullptr) return false;
  std::string_view written = standard_.sources().text(fed->type->span);
  if (written == s_.types.name(type)) return true;
  const ir::TypeKind kind = s_.types.kind(type);
  bool open = written.find_first_of("TUKV") != std::string_view::npos;
  if (kind == ir::TypeKind::List) return open && written.starts_with('[');
  if (kind == ir::TypeKind::Map) return open && written.starts_with("map<");
  if (kind == ir::TypeKind::Stream) return open && written.starts_with("stream<");
  return kind == ir::TypeKind::Union && written == "str";
}

void CompletionList::methods(ir::TypeId type) {
  if (s_.types.is(type, ir::TypeKind::Error)) return;
  for (const StandardName& each : standard_.all()) {
    if (sema::declares_type(*each.decl) || !takes(*each.decl, type)) continue;
    std::string name(standard_.names().text(each.decl->name.symbol));
    add({ItemKind::Node, name, signature_text(*each.decl, standard_.sources(), standard_.names()),
         std::string(each.decl->doc), fmt::format("{}($0)", name), 2});
  }
  bool items = s_.types.is(type, ir::TypeKind::List) || s_.types.is(type, ir::TypeKind::Stream);
  for (const sema::BuiltinInfo& builtin : sema::all_builtins()) {
    if (builtin.in_port != 0 || builtin.builtin == sema::Builtin::Choose) continue;
    if (builtin.params.front().name == "items" && !items) continue;
    add({ItemKind::Node, std::string(builtin.name), builtin_signature(builtin.name),
         builtin_text(builtin.name), fmt::format("{}($0)", builtin.name), 2});
  }
}

void CompletionList::module(std::string_view name) {
  const sema::VisibleNames& visible = s_.checked.visible;
  const std::string prefix = fmt::format("{}.", name);
  auto bring = [&](const std::vector<Symbol>& names, bool types) {
    for (Symbol symbol : names) {
      std::string_view text = s_.text(symbol);
      const ast::Decl* decl =
          types ? visible.type(symbol, s_.file()) : visible.callable(symbol, s_.file());
      if (text.starts_with(prefix) && decl != nullptr)
        declared(*decl, text.substr(prefix.size()), 0);
    }
  };
  bring(visible.callables_in(s_.file()), false);
  bring(visible.types_in(s_.file()), true);
}

void CompletionList::port(ItemKind kind, const ast::Port& port, std::string_view behind, int rank) {
  std::string name(s_.text(port.name.symbol));
  std::string insert = behind.empty() ? std::string() : fmt::format("{}{}", name, behind);
  add({kind, std::move(name), port_text(port, false, s_.sources, s_.names), std::string(port.doc),
       std::move(insert), rank});
}

const ast::Decl* CompletionList::callee(const ast::CallExpr& call) const {
  auto found = s_.program().calls.find(call.id);
  if (found != s_.program().calls.end() && found->second.callee.valid())
    return s_.program().callable(found->second.callee).decl;
  if (call.callee->kind == ast::ExprKind::Name)
    return s_.checked.visible.callable(ast::as<ast::NameExpr>(*call.callee).name, s_.file());
  if (call.callee->kind == ast::ExprKind::Field)
    return s_.checked.visible.callable(ast::as<ast::FieldExpr>(*call.callee).field.symbol,
                                       s_.file());
  return nullptr;
}

}  // namespace pflow::query
