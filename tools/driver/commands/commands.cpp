#include "tools/driver/commands/commands.h"

namespace pflow {
namespace {

constexpr const Command* kCommands[] = {
    &kRunCommand,     &kCheckCommand,       &kPlanCommand,     &kTestCommand,    &kFmtCommand,
    &kFixCommand,     &kWatchCommand,       &kNewCommand,      &kNodesCommand,   &kPrimerCommand,
    &kExplainCommand, &kCacheCommand,       &kKeysCommand,     &kAliasesCommand, &kFragmentsCommand,
    &kModelsCommand,  &kLogsCommand,        &kRunsCommand,     &kLspCommand,     &kLlmCommand,
    &kChatCommand,    &kPlayCommand,        &kPackagesCommand, &kMcpCommand,     &kOpenapiCommand,
    &kHelpCommand,    &kCompletionsCommand,
};

}  // namespace

std::span<const Command* const> commands() { return kCommands; }

const Command* find_command(std::string_view name) {
  for (const Command* command : kCommands)
    if (command->name == name) return command;
  return nullptr;
}

std::vector<std::string_view> command_names() {
  std::vector<std::string_view> names;
  for (const Command* command : kCommands) names.push_back(command->name);
  return names;
}

}  // namespace pflow
