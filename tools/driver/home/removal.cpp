#include "tools/driver/home/removal.h"

#include <vector>

#include "tools/driver/exit_code.h"
#include "tools/driver/home/object_file.h"

namespace pflow::home {

int remove_member(const std::string& path, std::string_view what, const std::string& name,
                  Session& session) {
  std::vector<std::string> known;
  bool found = false;
  std::string problem = change_object(path, [&](boost::json::object& object) {
    for (const auto& member : object) known.emplace_back(member.key());
    found = object.erase(name) != 0;
    return found;
  });
  if (!problem.empty()) return session.fail(problem);
  return found ? kExitDone : session.fail_missing(what, name, {known.begin(), known.end()});
}

}  // namespace pflow::home
