#include "tools/driver/packages/new_package.h"

#include <fmt/format.h>

#include "runtime/include/pflow/abi.h"

namespace pflow::packages {
namespace {

constexpr std::string_view kManifest = R"(name = "NAME"
version = "0.1.0"
pflow = ABI
description = "What NAME is for"
license = "Apache-2.0"
)";

constexpr std::string_view kFlows = R"(## What NAME is for.

## Greets somebody.
node hello(
  ## Who
  name: str,
) -> str = "Hello, ${name}!"
)";

constexpr std::string_view kInterface = R"(## What NAME is for.

## Greets somebody.
pure extern node hello(
  ## Who
  in name: str,
) -> (out greeting: str) errors(value)
)";

constexpr std::string_view kC = R"(#include <string.h>

#include "NAME.pf.h"

pf_status pfn_NAME_hello(pf_call *call, const hello_in *in, hello_out *out) {
  if (in->name.len == 0) return pf_fail(call, PF_E_VALUE, "`name` is empty");
  const char before[] = "Hello, ";
  const size_t begin = sizeof before - 1;
  char *bytes;
  out->greeting = pf_str_new(begin + in->name.len + 1, &bytes);
  memcpy(bytes, before, begin);
  memcpy(bytes + begin, in->name.data, in->name.len);
  bytes[begin + in->name.len] = '!';
  return PF_DONE;
}
)";

constexpr std::string_view kCpp = R"(#include "NAME.pf.h"

#include <pflow/node.hpp>

pf_status pfn_NAME_hello(pf_call *call, const hello_in *in, hello_out *out) {
  if (in->name.len == 0) return pf_fail(call, PF_E_VALUE, "`name` is empty");
  out->greeting = pflow::join({"Hello, ", pflow::view(in->name), "!"});
  return PF_DONE;
}
)";

constexpr std::string_view kRust = R"(#![allow(non_camel_case_types, dead_code)]
include!(concat!(env!("PFLOW_BINDINGS"), "/NAME.pf.rs"));

#[no_mangle]
pub unsafe extern "C" fn pfn_NAME_hello(
    call: *mut pf_call,
    input: *const hello_in,
    out: *mut hello_out,
) -> pf_status {
    let name = (*input).name.as_str();
    if name.is_empty() {
        return fail(call, PF_E_VALUE, "`name` is empty");
    }
    (*out).greeting = text(&format!("Hello, {name}!"));
    PF_DONE
}

// What does not fit the interface does not compile.
const _: pfn_NAME_hello_fn = pfn_NAME_hello;
)";

constexpr std::string_view kTest = R"(import NAME

test "somebody is greeted" {
  assert NAME.hello("Ada") == "Hello, Ada!"
}
)";

struct Source {
  std::string_view language;
  std::string_view ending;
  std::string_view text;
};
constexpr Source kSources[] = {{"c", ".c", kC}, {"cpp", ".cpp", kCpp}, {"rust", ".rs", kRust}};

std::string filled(std::string_view text, std::string_view name) {
  std::string result(text);
  for (size_t at = 0; (at = result.find("NAME", at)) != std::string::npos; at += name.size())
    result.replace(at, 4, name);
  if (const size_t at = result.find("ABI"); at != std::string::npos)
    result.replace(at, 3, std::to_string(PF_ABI_VERSION));
  return result;
}

}  // namespace

std::vector<ProjectFile> new_package(std::string_view name, std::string_view language) {
  const std::string stem(name);
  std::vector<ProjectFile> files;
  std::string manifest = filled(kManifest, name);
  std::string_view interface = kFlows;
  for (const Source& source : kSources) {
    if (source.language != language) continue;
    const std::string path = stem + std::string(source.ending);
    manifest += fmt::format("sources = [\"{}\"]\n", path);
    interface = kInterface;
    files.push_back({path, filled(source.text, name)});
    files.push_back({".gitignore", "/lib\n"});
  }
  files.push_back({"package.toml", manifest});
  files.push_back({stem + ".pf", filled(interface, name)});
  files.push_back({fmt::format("tests/{}_test.pf", stem), filled(kTest, name)});
  return files;
}

}  // namespace pflow::packages
