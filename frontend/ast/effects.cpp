#include "frontend/ast/effects.h"

#include "frontend/ast/ast.h"

namespace pflow::ast {
namespace {

constexpr EffectName kNames[] = {
    {uint16_t(Effect::FsRead), "fs.read"}, {uint16_t(Effect::FsWrite), "fs.write"},
    {uint16_t(Effect::Net), "net"},        {uint16_t(Effect::Process), "process"},
    {uint16_t(Effect::Env), "env"},        {uint16_t(Effect::Time), "time"},
    {uint16_t(Effect::Random), "random"},  {uint16_t(Effect::Stdin), "stdin"},
    {Attributes::kStdout, "stdout"}};

}  // namespace

std::span<const EffectName> effect_names() { return kNames; }

std::vector<std::string_view> names_of_effects(uint16_t bits) {
  std::vector<std::string_view> names;
  for (const EffectName& each : kNames)
    if ((bits & each.bit) != 0) names.push_back(each.name);
  return names;
}

}  // namespace pflow::ast
