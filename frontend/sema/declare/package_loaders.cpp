#include "frontend/sema/declare/package_loaders.h"

#include <algorithm>
#include <array>
#include <map>

#include "frontend/sema/types/call_types.h"
#include "frontend/sema/wording.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

bool is_fragment(const ir::TypeTable& types, TypeId type) {
  if (!types.is(type, TypeKind::Record)) return false;
  const std::vector<ir::Field>& fields = types.get(type).fields;
  return std::ranges::all_of(std::array{"text", "source"}, [&](std::string_view name) {
    auto found = std::ranges::find(fields, name, &ir::Field::name);
    return found != fields.end() && found->type == types.str;
  });
}

/// One text, or a list of fragments.
bool gives_fragments(const Context& ctx, const Callable& callable) {
  if (callable.outputs.empty()) return false;
  const TypeId type = callable.outputs.front().type;
  return type == ctx.types.str || (ctx.types.is(type, TypeKind::List) &&
                                   is_fragment(ctx.types, ctx.types.get(type).element));
}

/// Each other port has a default.
bool takes_text(const Context& ctx, const Callable& callable) {
  std::string takes;
  if (callable.ports.empty() || port_without_data(ctx, callable, takes) != nullptr) return false;
  return callable.ports.front().type == ctx.types.str &&
         std::all_of(callable.ports.begin() + 1, callable.ports.end(),
                     [](const PortInfo& port) { return port.default_value != nullptr; });
}

/// Reads the loaders of one package.
class Reader {
 public:
  Reader(Context& ctx, const ImportedPackage& package, const ast::File& interface)
      : ctx_(ctx), package_(package), interface_(interface) {}

  void add(const packages::Loader& loader) {
    const ast::Decl* decl = find(loader);
    if (decl == nullptr) return;
    const CallableId id = ctx_.callables.at(decl);
    const Callable& callable = ctx_.program.callable(id);
    if (!takes_text(ctx_, callable)) {
      report(loader, "takes no text")
          .label("loads no fragments")
          .secondary(decl->name.span, "the loader")
          .note("its first port is a `str`, each other one has a default");
    } else if (!gives_fragments(ctx_, callable)) {
      report(loader, "gives no fragments")
          .label("loads no fragments")
          .secondary(decl->name.span, "the loader")
          .note(
              "its first result is a `str`, or a list of records with `text: str` and "
              "`source: str`");
    } else {
      PackageLoader made{loader.prefix, {}, call_record(ctx_, *decl)};
      made.call.callee = id;
      ctx_.program.loaders.push_back(std::move(made));
    }
  }

 private:
  DiagnosticBuilder report(const packages::Loader& loader, std::string_view what) {
    return ctx_.diagnostics.report(diag::package_loader, loader.span, loader.prefix,
                                   package_.manifest.name, what);
  }

  /// The node or flow of the interface, or null after a report.
  const ast::Decl* find(const packages::Loader& loader) {
    std::vector<std::string_view> names;
    for (const ast::Decl* decl : interface_.decls) {
      if (!ctx_.callables.contains(decl)) continue;
      if (ctx_.text(decl->name.symbol) == loader.node) return decl;
      names.push_back(ctx_.text(decl->name.symbol));
    }
    auto missing = report(
        loader, fmt::format("names `{}`, which its interface does not declare", loader.node));
    missing.label("not declared there");
    if (std::string_view near = nearest_name(loader.node, names); !near.empty())
      missing.help(fmt::format("a node or flow with a similar name exists: `{}`", near));
    return nullptr;
  }

  Context& ctx_;
  const ImportedPackage& package_;
  const ast::File& interface_;
};

void report_clash(Context& ctx, const ImportedPackage& first, const ImportedPackage& second,
                  const std::string& prefix) {
  auto report = ctx.diagnostics.report(diag::package_clash, second.imported, first.manifest.name,
                                       second.manifest.name, "a loader", prefix);
  report.label(fmt::format("`{}` is imported here", second.manifest.name));
  report.secondary(first.imported, "the other one").help("import one of them");
}

}  // namespace

void choose_loaders(Context& ctx) {
  if (ctx.diagnostics.has_errors()) return;  // that may be why one is not there
  std::map<std::string, const ImportedPackage*> known;
  for (const ImportedPackage& package : ctx.checked.packages) {
    const auto interface = ctx.checked.interfaces.find(&package);
    if (interface == ctx.checked.interfaces.end()) continue;
    Reader reader(ctx, package, *interface->second);
    for (const packages::Loader& loader : package.manifest.loaders) {
      auto [at, fresh] = known.try_emplace(loader.prefix, &package);
      if (fresh)
        reader.add(loader);
      else
        report_clash(ctx, *at->second, package, loader.prefix);
    }
  }
}

}  // namespace pflow::sema
