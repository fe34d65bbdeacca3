/// Code generation: IR to LLVM, to an object, to an executable. No LLVM header
/// is needed to use it.
///
///   codegen::Code code(module, sources, {.opt_level = 2});
///   code.optimise();
///   if (!code.problem().empty()) …  // a bug of the compiler
///   codegen::link({.objects = code.objects(), …}, diagnostics);
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "codegen/options.h"
#include "codegen/target.h"
#include "ir/ir.h"
#include "support/diagnostics.h"
#include "support/source.h"

namespace pflow::codegen {

/// Whether something in it may wait, so that its executable has an event loop.
[[nodiscard]] bool may_wait(const ir::Module& module);

/// The machine code of one module in the making.
class Code {
 public:
  /// Generates and verifies unoptimised LLVM IR; `module` and `sources` must
  /// outlive the object. `module` has gone through the pass `drops`.
  Code(const ir::Module& module, const SourceMap& sources, Options options);
  ~Code();
  Code(const Code&) = delete;
  Code& operator=(const Code&) = delete;

  /// Runs the passes of the options' level; call it once, before what follows.
  void optimise();

  // One of these, once: emitting changes the LLVM module. The first three need Options::whole.
  [[nodiscard]] std::string llvm_text();
  [[nodiscard]] std::string assembly();
  [[nodiscard]] std::string object();
  /// A long program comes in several, which are made at once.
  [[nodiscard]] std::vector<std::string> objects();

  /// Why LLVM refused what was generated; empty unless the compiler has a bug.
  [[nodiscard]] const std::string& problem() const;
  /// Modules of the nodes used: each is an archive libpf_NAME.a, or a package.
  [[nodiscard]] const std::vector<std::string>& modules() const;
  /// Whether something may wait, so that the event loop is linked.
  [[nodiscard]] bool needs_loop() const;
  /// Whether results are kept in the cache, so that its store is linked.
  [[nodiscard]] bool needs_cache() const;
  /// Whether pure stages may run on all cores, so that what starts workers is linked.
  [[nodiscard]] bool needs_cores() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Where the libcurl of an executable that makes requests is.
enum class Curl : uint8_t {
  Inside,
  Machine,      ///< the library of the machine that runs it
  Installation  ///< beside the archives: for what is started here, and linked in half the time
};

/// What was built of a package whose nodes are used.
struct PackageArchive {
  std::string package;
  std::string path;
  std::vector<std::string> archives;  ///< of the installation, which it needs: `libpf_http`
  std::vector<std::string> needed;    ///< functions that it must have, used or not
};

struct LinkRequest {
  std::vector<std::string> objects;  ///< the bytes of object files
  std::vector<std::string> modules;  ///< modules of standard nodes used
  std::vector<PackageArchive> packages;
  Target target = targets().front();
  bool needs_loop = false;
  bool needs_cache = false;
  bool needs_cores = false;
  std::vector<const Watch*> watches;  ///< who may watch the run
  Serving serving = Serving::No;
  bool debug_info = false;
  bool is_static = false;  ///< the C library is in the executable
  Curl curl = Curl::Inside;
  std::string library_dir;  ///< lib/pflow/TRIPLE of the installation: libpf_*.a and what they use
  std::string output;
  std::vector<std::string>* linked = nullptr;  ///< gets the installed files that are linked
};

/// Links an executable in process; the output appears only when whole. False
/// after a report.
[[nodiscard]] bool link(const LinkRequest& request, Diagnostics& diagnostics);

}  // namespace pflow::codegen
