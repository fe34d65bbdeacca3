/// What the compiler makes of the text in the editor: a picture, an executable.
#pragma once

#include <string>

#include "frontend/sema/sema.h"
#include "support/result.h"
#include "tools/driver/driver_env.h"
#include "tools/driver/options.h"
#include "tools/driver/scratch_folder.h"

namespace pflow::play {

class Workbench {
 public:
  struct Made {
    std::string program;  ///< its path
    int number;           ///< of its run
  };

  /// `path` is the program's file, which need not be there; `saves` whether it may be written.
  Workbench(const Options& options, DriverEnv& env, std::string path, bool saves);

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] bool saves() const { return saves_; }
  /// What the file holds, else a program to begin with.
  [[nodiscard]] std::string first_text() const;
  [[nodiscard]] Result<Done> save(const std::string& text);

  /// The graph as JSON; else what the compiler reports.
  [[nodiscard]] Result<std::string> draw(const std::string& text);
  /// An executable of its own; else what the compiler reports.
  [[nodiscard]] Result<Made> make(const std::string& text);
  /// Where the run of that number leaves its report.
  [[nodiscard]] std::string report(int number) const;
  /// Where runs begin: a folder of their own, which goes with this.
  [[nodiscard]] const std::filesystem::path& folder() const { return runs_.path(); }

  [[nodiscard]] FileSystem& disk() { return *env_.files; }
  [[nodiscard]] sema::NodePath nodes() const;
  [[nodiscard]] std::string pages() const;

 private:
  [[nodiscard]] Result<std::string> compiled(const std::string& text, Options options);

  const Options& options_;
  DriverEnv& env_;
  const std::string path_;
  const bool saves_;
  ScratchFolder runs_, programs_;
  int made_ = 0;
};

}  // namespace pflow::play
