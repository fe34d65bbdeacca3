#include "tools/driver/packages/tools.h"

#include <fmt/format.h>

#include <filesystem>
#include <sstream>

namespace pflow::packages {

namespace fs = std::filesystem;

Tools::Tools(const codegen::Target& target, const std::string& sysroot, const DriverEnv& env)
    : target_(target), env_(env) {
  std::error_code none;
  if (!sysroot.empty()) sysroot_ = fs::absolute(sysroot, none).string();  // they run elsewhere
}

bool Tools::cross() const { return !(target_ == codegen::targets().front()); }

std::string Tools::rust_target() const {
  const std::string triple = target_.triple;
  const size_t system = triple.find("-linux");
  return triple.substr(0, system) + "-unknown" + triple.substr(system);
}

/// A variable may hold words, as `ccache gcc`.
Tools::Words Tools::named(const char* variable, const char* usual) const {
  std::istringstream text(env_.variable(variable));
  Words words;
  for (std::string word; text >> word;) words.push_back(word);
  if (words.empty()) words.emplace_back(usual);
  return words;
}

/// A compiler such as `aarch64-linux-gnu-gcc` is of its target by itself.
Tools::Words Tools::compiler(const char* variable, const char* usual, const char* crossing) const {
  if (!cross()) return named(variable, usual);
  Words words = named(variable, crossing);
  const std::string name = fs::path(words.back()).filename().string();
  if (!name.starts_with(target_.triple))
    words.push_back(fmt::format("--target={}", target_.triple));
  if (!sysroot_.empty()) words.push_back("--sysroot=" + sysroot_);
  return words;
}

Tools::Words Tools::c() const { return compiler("CC", "cc", "clang"); }

Tools::Words Tools::cpp() const { return compiler("CXX", "c++", "clang++"); }

Tools::Words Tools::rust() const {
  Words words = named("RUSTC", "rustc");
  if (cross()) words.push_back("--target=" + rust_target());
  return words;
}

Tools::Words Tools::cargo_build() const {
  Words words = named("CARGO", "cargo");
  words.emplace_back("build");
  if (cross()) words.push_back("--target=" + rust_target());
  return words;
}

Tools::Words Tools::archiver() const { return named("AR", "ar"); }

}  // namespace pflow::packages
